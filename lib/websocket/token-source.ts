import { Token } from 'aws-cdk-lib';
import { Owner, show } from '../authoring/errors';
import { type TokenSource } from '../jwt/settings';

/**
 * Where a connecting client sends its token.
 */
export class WebSocketTokenSource {
  /**
   * A header with `Bearer <token>`. Browsers cannot set headers of a WebSocket.
   *
   * @param name name of the header
   */
  public static header(name: string = 'Authorization'): WebSocketTokenSource {
    return new WebSocketTokenSource('header', name);
  }

  /**
   * A query parameter with the token alone: `wss://…/prod?token=…`. URLs end up in logs and histories: use tokens that live for
   * minutes.
   *
   * @param name name of the parameter
   */
  public static query(name: string = 'token'): WebSocketTokenSource {
    return new WebSocketTokenSource('query', name);
  }

  /**
   * What follows a subprotocol: `new WebSocket(url, ['bearer', token])`. The integration of `$connect` must be a function that
   * returns the header `Sec-WebSocket-Protocol` with the subprotocol (never with the token), or browsers close the connection.
   *
   * @param name the subprotocol before the token
   */
  public static subprotocol(name: string = 'bearer'): WebSocketTokenSource {
    return new WebSocketTokenSource('subprotocol', name);
  }

  /** @internal */
  public readonly _source: TokenSource;

  /** What API Gateway requires before it calls the function. @internal */
  public readonly _identitySource: string;

  private constructor(place: TokenSource['in'], name: string) {
    const legal = place === 'query' ? /^[A-Za-z0-9._$-]+$/ : /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
    if (Token.isUnresolved(name) || !legal.test(name)) {
      throw new Owner(`WebSocketTokenSource.${place}`).error(
        `${show(name)} is not the name of a ${place === 'query' ? 'query parameter' : place}`,
      );
    }
    this._source = { in: place, name };
    this._identitySource =
      place === 'query'
        ? `route.request.querystring.${name}`
        : `route.request.header.${place === 'header' ? name : 'Sec-WebSocket-Protocol'}`;
  }
}
