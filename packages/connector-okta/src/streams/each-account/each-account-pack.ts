/** The pack of the streams that cost a call for each account: read when the setting `eachAccount` is on. */
export const EACH_ACCOUNT = 'each-account';
