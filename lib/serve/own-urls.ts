/** Where an API is served: its id in the templates, and its URL here without a stage. */
export interface ServedAt {
  readonly apiId: string;
  readonly url: string;
}

/** A text in which URLs of these APIs lead to where they are served. */
export function withOwnUrls(text: string, served: readonly ServedAt[]): string {
  return served.reduce(
    (all, { apiId, url }) =>
      all.replace(
        new RegExp(`\\b(https|wss)://${apiId}\\.execute-api\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?(?![\\w.-])`, 'g'),
        (_, scheme: string) => (scheme === 'wss' ? url.replace(/^http/, 'ws') : url),
      ),
    text,
  );
}
