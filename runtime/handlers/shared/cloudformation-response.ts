import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** Waits for so many milliseconds. */
export type Sleep = (millis: number) => Promise<void>;

export const sleepFor: Sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

const TRIES = 4;
const TIMEOUT_MILLIS = 5_000;
const FIRST_WAIT_MILLIS = 500;

/** Sends the response to CloudFormation. If all attempts fail, it throws, and Lambda runs the invocation again. */
export async function respond(responseUrl: string, body: string, sleep: Sleep): Promise<void> {
  let last = '';
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt > 0) await sleep(FIRST_WAIT_MILLIS * 2 ** (attempt - 1));
    try {
      const status = await put(new URL(responseUrl), body);
      if (status >= 200 && status < 300) return;
      last = `HTTP ${status}`;
    } catch (error) {
      // Only the code: the message of a bad URL holds the URL, which is a credential.
      last = (error as NodeJS.ErrnoException).code ?? 'request failed';
    }
  }
  throw new Error(`CloudFormation did not accept the response in ${TRIES} attempts: ${last}`);
}

function put(url: URL, body: string): Promise<number> {
  const send = url.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const sent = send(
      url,
      {
        method: 'PUT',
        // The URL is signed for an empty content type.
        headers: { 'content-type': '', 'content-length': Buffer.byteLength(body) },
        timeout: TIMEOUT_MILLIS,
      },
      (response: IncomingMessage) => {
        response.resume();
        response.on('error', reject);
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on('timeout', () => sent.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })));
    sent.on('error', reject);
    sent.end(body);
  });
}
