import { AuthorizerType, HttpAuthorizer, type HttpAuthorizerConfig } from '../../lib';

/** Everyone who signs in at the company, so that no gateway has the issuer and the audience in it. */
export class StaffAuthorizer extends HttpAuthorizer {
  constructor(private readonly scopes: string[] = []) {
    super();
  }

  public bind(): HttpAuthorizerConfig {
    return {
      type: AuthorizerType.JWT,
      authorizerName: 'staff',
      issuer: 'https://login.example.com/',
      audience: ['https://api.example.com'],
      scopes: this.scopes,
    };
  }
}
