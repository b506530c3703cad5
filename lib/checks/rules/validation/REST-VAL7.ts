import { COMPRESSION_SIZE_MAX_BYTES } from '../../../facts/quotas';
import { type Rule } from '../../rule';
import { apiReference } from '../../support';

export const rule: Rule = {
  id: 'REST-VAL7',
  appliesTo: ['rest'],
  severity: 'error',
  title: `Compression begins at 0 to ${COMPRESSION_SIZE_MAX_BYTES} bytes`,
  why: 'API Gateway refuses any other size, and the deployment rolls back.',
  fix: 'Set `minimumCompressionSize` of the gateway to 10 MiB or less. In CloudFormation: `MinimumCompressionSize` of the RestApi.',
  link: apiReference('CreateRestApi'),
  sameAs: { kics: ['d6653eee'], terrascan: ['AC_AWS_0010'] },
  *check(model) {
    for (const { minimumCompressionSize: size, location } of model.restApis) {
      if (typeof size === 'number' && (size < 0 || size > COMPRESSION_SIZE_MAX_BYTES)) {
        yield {
          location,
          message: `compression begins at ${size} bytes; 0 to ${COMPRESSION_SIZE_MAX_BYTES} is allowed`,
        };
      }
    }
  },
};
