import { X509Certificate } from 'node:crypto';
import { TRUST_STORE_CERTIFICATES_MAX, TRUST_STORE_MAX_BYTES } from '../facts/quotas';
import { type Owner, show } from '../shared/errors';

/** A file of certificates. */
export interface PemFile {
  readonly path: string;
  readonly text: string;
}

const CERTIFICATE = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;
const RSA_MIN_BITS = 2048;

/** @throws where the files hold what API Gateway does not take as a trust store, or what must not be uploaded */
export function checkCertificates(files: readonly PemFile[], owner: Owner): void {
  let count = 0;
  let bytes = 0;
  for (const { path, text } of files) {
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
      throw owner.error(
        `${show(path)} holds a private key, which has no place in a trust store; take it out of the file`,
      );
    }
    const certificates = text.match(CERTIFICATE) ?? [];
    if (certificates.length === 0) {
      throw owner.error(
        `${show(path)} holds no certificate in PEM form; it must have "-----BEGIN CERTIFICATE-----" in it ` +
          '(openssl x509 -inform der -in ca.der -out ca.pem makes one of a DER file)',
      );
    }
    certificates.forEach((certificate, index) =>
      checkCertificate(certificate, owner.part(`${show(path)}: certificate ${index + 1}`)),
    );
    count += certificates.length;
    bytes += Buffer.byteLength(text);
  }
  if (count > TRUST_STORE_CERTIFICATES_MAX) {
    throw owner.error(`the files hold ${count} certificates; a trust store takes ${TRUST_STORE_CERTIFICATES_MAX}`);
  }
  if (bytes > TRUST_STORE_MAX_BYTES) {
    throw owner.error(`the files are ${bytes} bytes together; a trust store takes ${TRUST_STORE_MAX_BYTES} (1 MB)`);
  }
}

function checkCertificate(pem: string, owner: Owner): void {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    throw owner.error('cannot be read; is it complete?');
  }
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const bits = asymmetricKeyDetails?.modulusLength;
  if (asymmetricKeyType === 'rsa' && bits !== undefined && bits < RSA_MIN_BITS) {
    throw owner.error(
      `has an RSA key of ${bits} bits, and API Gateway takes ${RSA_MIN_BITS} and more (${certificate.subject.replaceAll('\n', ', ')})`,
    );
  }
}
