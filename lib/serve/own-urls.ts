/** Where an API is served: its id in the templates, and its URL here without a stage. */
export interface ServedAt {
  readonly apiId: string;
  readonly url: string;
}

const URLS = /\b(https|wss):\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?(?![\w.-])/g;

/** The text with the local URLs of these APIs in the place of those on AWS. */
export const withOwnUrls = (text: string, served: readonly ServedAt[]): string =>
  text.replace(URLS, (written, scheme: string, id: string) => {
    const url = served.find(({ apiId }) => apiId === id)?.url;
    return (scheme === 'wss' ? url?.replace(/^http/, 'ws') : url) ?? written;
  });
