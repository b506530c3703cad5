import { Aws } from 'aws-cdk-lib';
import { type IConfiguration, type IEnvironment } from 'aws-cdk-lib/aws-appconfig';
import { RequestValue } from '../../integrations/request-value';
import { placeOf, refuseOtherAccount } from '../../integrations/services/accounts';
import { type BindHttpIntegration } from '../binding';
import { type HttpServiceIntegrationOptions, serviceIntegration } from './service';

/**
 * Options of an integration that returns a configuration.
 */
export interface HttpAppConfigIntegrationOptions extends HttpServiceIntegrationOptions {
  /**
   * The environment whose deployed configuration is returned.
   */
  readonly environment: IEnvironment;

  /**
   * Identifies a client; during a gradual deployment, each client keeps the version that it got.
   *
   * @default RequestValue.context('identity.sourceIp')
   */
  readonly clientId?: RequestValue;

  /**
   * The version that the client has; if it is still the newest, the response is empty. A value that every request has, such as a
   * path variable.
   *
   * @default - none
   */
  readonly clientConfigurationVersion?: RequestValue;
}

export function appConfig(
  configuration: IConfiguration,
  options: HttpAppConfigIntegrationOptions,
): BindHttpIntegration {
  return (context) => {
    const { stack, owner } = context;
    const { application } = configuration;
    const { applicationId, applicationArn } = application;
    const { region, account } = placeOf(application, applicationArn);
    refuseOtherAccount(
      application,
      applicationArn,
      stack,
      owner,
      'application',
      'HTTP APIs name a configuration without its account; return it from a Lambda function that assumes a role there',
    );
    const { environmentId } = options.environment;
    const { configurationProfileId } = configuration;
    const arn = `arn:${Aws.PARTITION}:appconfig:${region}:${account}:application/${applicationId}`;
    return serviceIntegration(context, options, {
      role: 'appconfig',
      subtype: 'AppConfig-GetConfiguration',
      region,
      grants: [
        {
          actions: ['appconfig:GetConfiguration'],
          resources: [
            arn,
            `${arn}/configurationprofile/${configurationProfileId}`,
            `${arn}/environment/${environmentId}`,
          ],
        },
      ],
      parameters: {
        Application: applicationId,
        Environment: environmentId,
        Configuration: configurationProfileId,
        ClientId: options.clientId ?? RequestValue.context('identity.sourceIp'),
        ClientConfigurationVersion: options.clientConfigurationVersion,
      },
      optional: { ClientConfigurationVersion: 'clientConfigurationVersion' },
    });
  };
}
