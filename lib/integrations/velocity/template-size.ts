import { MAPPING_TEMPLATE_MAX_BYTES } from '../../facts/quotas';
import { type Owner } from '../../authoring/errors';

/**
 * @param what what the templates are of, e.g. `request`
 * @throws where API Gateway would not take a template for its size
 */
export function checkTemplateSizes(templates: unknown, what: string, owner: Owner): void {
  for (const [key, template] of Object.entries((templates ?? {}) as Readonly<Record<string, string>>)) {
    const bytes = Buffer.byteLength(template);
    if (bytes <= MAPPING_TEMPLATE_MAX_BYTES) continue;
    throw owner.error(
      `the ${what} template ${key === '$default' ? '' : `for "${key}" `}has ${bytes} bytes, and API Gateway takes ${MAPPING_TEMPLATE_MAX_BYTES} (300 KB); ` +
        'make it shorter, or let a Lambda function do its work',
    );
  }
}
