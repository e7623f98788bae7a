import { sendFollowing } from "./following";
import { discardBody, isUnread } from "./unreadBody";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./answer";

/** Sends the body of an answer whose head was sent, and ends the answer. */
export function sendBody(
  message: IncomingMessage,
  response: ServerResponse,
  { answer, unreadAnswerMillis }: { answer: Answer; unreadAnswerMillis: number },
): void {
  if (answer.follow !== undefined) {
    // Quiet for as long as the run writes nothing to its log.
    void sendFollowing(response, answer).catch(() => response.destroy());
    return;
  }
  if (isUnread(message)) {
    response.write(answer.body);
    void discardBody(message).then(() => response.end());
  } else {
    response.end(answer.body);
  }
  response.socket?.setTimeout(unreadAnswerMillis);
}
