import { NOTHING } from './rest';
import { type AnyApi, type ApiModel, type DomainMapping } from '../model/model';
import { sameResource } from '../model/place';
import { isLiteral, type Text } from '../model/text';
import { isKnown } from '../model/value';

/**
 * The rows of an API's stages, each with the URL that responds: if the default endpoint is off, the one of a domain that is
 * mapped to the stage, the shortest of several; none where the templates know none.
 */
export function withLiveUrls<Row extends { readonly url: string }>(api: AnyApi, rows: Row[], model: ApiModel): Row[] {
  if (api.disableExecuteApiEndpoint !== true) return rows;
  const scheme = api.kind === 'websocket' ? 'wss' : 'https';
  return rows.map((row, index) => {
    const stage = api.stages[index].location;
    const urls = model.domainMappings
      .filter((mapping) => mapping.stage && sameResource(mapping.stage, stage))
      .map((mapping) => urlOf(mapping, model))
      .filter((url) => url !== undefined)
      .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    return { ...row, url: urls.length > 0 ? `${scheme}://${urls[0]}` : NOTHING };
  });
}

/** Name and path of a mapping, as far as both are written out. */
function urlOf({ domain, domainName, mappingKey = '' }: DomainMapping, model: ApiModel): string | undefined {
  const made = isKnown(domain) ? model.domainNames.find(({ location }) => sameResource(location, domain)) : undefined;
  const name: Text | undefined = made?.domainName ?? domainName;
  if (name === undefined || !isLiteral(name) || !isKnown(mappingKey)) return undefined;
  return `${name}/${mappingKey}`;
}
