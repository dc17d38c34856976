/** The pack of the stream that is shown secrets in the clear: read when the setting `secretAges` is on. */
export const SECRET_AGES = 'secret-ages';
