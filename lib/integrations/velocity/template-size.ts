import { MAPPING_TEMPLATE_MAX_BYTES } from '../../facts/quotas';
import { type Owner } from '../../authoring/errors';

/**
 * @param what kind of the templates, e.g. `request`
 * @throws if a template is too large for API Gateway
 */
export function checkTemplateSizes(templates: unknown, what: string, owner: Owner): void {
  for (const [key, template] of Object.entries((templates ?? {}) as Readonly<Record<string, string>>)) {
    const bytes = Buffer.byteLength(template);
    if (bytes <= MAPPING_TEMPLATE_MAX_BYTES) continue;
    throw owner.error(
      `the ${what} template ${key === '$default' ? '' : `for "${key}" `}has ${bytes} bytes; the maximum is ${MAPPING_TEMPLATE_MAX_BYTES} (300 KB); ` +
        'make it shorter, or use a Lambda function instead',
    );
  }
}
