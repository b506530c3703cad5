import { type V2Route } from '../../template/model/model';
import { isLiteral } from '../../template/model/text';

/** Whether the route of an HTTP API matches every path that no other route has, with every method. */
export const isCatchAll = ({ routeKey, httpMethod, path }: V2Route): boolean =>
  routeKey === '$default' || (httpMethod === 'ANY' && isLiteral(path) && /^\/\{[^{}/]+\+\}$/.test(path));
