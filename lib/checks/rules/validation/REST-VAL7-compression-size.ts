import { COMPRESSION_SIZE_MAX_BYTES } from '../../../facts/quotas';
import { type Rule } from '../../rule';
import { apiReference } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-VAL7',
  appliesTo: ['rest'],
  severity: 'error',
  title: `The minimum compression size is 0 to ${COMPRESSION_SIZE_MAX_BYTES} bytes`,
  why: 'API Gateway rejects any other size, and the deployment rolls back.',
  fix: {
    library: 'Set `minimumCompressionSize` on the gateway to 10 MiB or less.',
    l2: 'Set `minCompressionSize: Size.mebibytes(10)` or less on the `RestApi` or `SpecRestApi`.',
    cloudFormation: 'Set `MinimumCompressionSize` on the RestApi to 10 MiB or less, in bytes.',
  },
  link: apiReference('CreateRestApi'),
  sameAs: { kics: ['d6653eee'], terrascan: ['AC_AWS_0010'] },
  *check(model) {
    for (const { minimumCompressionSize: size, location } of model.restApis) {
      if (typeof size === 'number' && (size < 0 || size > COMPRESSION_SIZE_MAX_BYTES)) {
        yield {
          location,
          message: `the minimum compression size is ${size} bytes; 0 to ${COMPRESSION_SIZE_MAX_BYTES} is allowed`,
        };
      }
    }
  },
};
