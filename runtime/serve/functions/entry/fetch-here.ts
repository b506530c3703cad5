/** Lets `fetch` find documents of this gateway, those of its issuer, where their URLs say that they are. */
export function fetchHere(documents: Readonly<Record<string, string>>): void {
  const { fetch } = globalThis;
  if (Object.keys(documents).length === 0) return;
  globalThis.fetch = async (input, init) => {
    const url = typeof input === 'string' ? input : 'href' in input ? input.href : input.url;
    if (!Object.hasOwn(documents, url)) return fetch(input, init);
    return new Response(documents[url], { headers: { 'Content-Type': 'application/json' } });
  };
}
