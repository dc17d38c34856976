/** Whether an instant is where a day of the reader's begins, and the day before ends; links may name any. */
export function isWholeDay(at: string): boolean {
  const time = new Date(at);
  return time.getHours() + time.getMinutes() + time.getSeconds() + time.getMilliseconds() === 0;
}
