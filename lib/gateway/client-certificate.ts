import { Token } from 'aws-cdk-lib';
import { CfnClientCertificate } from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { Owner, show } from '../authoring/errors';

/**
 * The certificate by which an HTTP back-end knows that it is API Gateway that calls. The back-end must ask for it and
 * compare it; Lambda functions and AWS services never see it. For stages of REST and WebSocket APIs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html
 */
export class GatewayClientCertificate {
  /**
   * A certificate of the stage's own, which API Gateway makes; it is valid for 365 days. Its public part is read in the
   * console or with `aws apigateway get-client-certificate`.
   *
   * @param description what the certificate is for
   */
  public static generated(description?: string): GatewayClientCertificate {
    return new GatewayClientCertificate(undefined, description);
  }

  /**
   * A certificate that is there already, e.g. one for several stages.
   *
   * @param clientCertificateId id of the certificate, e.g. `a1b2c3`
   */
  public static fromClientCertificateId(clientCertificateId: string): GatewayClientCertificate {
    if (!Token.isUnresolved(clientCertificateId) && !/^[A-Za-z0-9]+$/.test(clientCertificateId)) {
      throw new Owner('GatewayClientCertificate.fromClientCertificateId').error(
        `must be the id of a client certificate, letters and digits such as "a1b2c3", got: ${show(clientCertificateId)}; no ARN, and no certificate`,
      );
    }
    return new GatewayClientCertificate(clientCertificateId);
  }

  private constructor(
    private readonly existingId?: string,
    private readonly description?: string,
  ) {}

  /** @internal */
  public _bind(scope: Construct, id: string): string {
    return this.existingId ?? new CfnClientCertificate(scope, id, { description: this.description }).ref;
  }
}
