import { formatOf, resourcesOf } from './corpus/bases';
import { Draft, type Json } from './draft';

const draftOf = (base: string): Draft => new Draft({ Resources: resourcesOf(base) } as unknown as Json);

/** Templates in which no rule finds anything: the bases of the corpus. */
export const goodResources = (): Draft => draftOf('rest-raw');
export const goodBody = (): Draft => draftOf('rest-body');
export const goodHttpResources = (): Draft => draftOf('http-raw');
export const goodHttpBody = (): Draft => draftOf('http-body');
export const goodWebSocket = (): Draft => draftOf('websocket-raw');

/** The formats of their access logs. */
export const FORMAT = formatOf('rest-raw');
export const HTTP_FORMAT = formatOf('http-raw');
export const WEBSOCKET_FORMAT = formatOf('websocket-raw');
