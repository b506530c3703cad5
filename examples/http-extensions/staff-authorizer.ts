import { AuthorizerType, HttpAuthorizer, type HttpAuthorizerConfig } from '../../lib';

/** Employees of the company; keeps issuer and audience out of the gateways. */
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
