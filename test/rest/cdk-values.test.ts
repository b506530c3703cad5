import { EndpointAccessMode, IpAddressType, MethodLoggingLevel, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { LOGGING_ERROR, LOGGING_OFF } from '../../lib/operate/execution-log';
import * as values from '../../lib/rest/cdk-values';

test('the values that stand for members of enumerations of the CDK are those', () => {
  expect({ ...values }).toEqual({
    DEFAULT_TLS: SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09,
    DEFAULT_TLS_EDGE: SecurityPolicy.TLS12_PFS_2025_EDGE,
    TLS_1_2: SecurityPolicy.TLS_1_2,
    ACCESS_BASIC: EndpointAccessMode.BASIC,
    ACCESS_STRICT: EndpointAccessMode.STRICT,
    IPV4: IpAddressType.IPV4,
    DUAL_STACK: IpAddressType.DUAL_STACK,
  });
  expect([LOGGING_ERROR, LOGGING_OFF]).toEqual([MethodLoggingLevel.ERROR, MethodLoggingLevel.OFF]);
});
