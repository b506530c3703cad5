/** How long a client of the SDK waits, in milliseconds: without `throwOnRequestTimeout` it would warn, and go on waiting. */
export function requestTimeouts(connectionTimeout: number, requestTimeout: number) {
  return { connectionTimeout, requestTimeout, throwOnRequestTimeout: true };
}
