import { X509Certificate } from 'node:crypto';
import { TRUST_STORE_CERTIFICATES_MAX, TRUST_STORE_MAX_BYTES, TRUST_STORE_RSA_MIN_BITS } from '../facts/quotas';
import { type Owner, show } from '../authoring/errors';

/** A file of certificates. */
export interface PemFile {
  readonly path: string;
  readonly text: string;
}

const CERTIFICATE = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** Signature algorithms older than SHA-256, as their identifiers stand in DER: MD5 and SHA-1 with RSA, SHA-1 with ECDSA. */
const WEAK_SIGNATURES = ['06092a864886f70d010104', '06092a864886f70d010105', '06072a8648ce3d0401'].map((oid) =>
  Buffer.from(oid, 'hex'),
);

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
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
  const whose = `(${certificate.subject.replaceAll('\n', ', ')})`;
  const bits = details?.modulusLength;
  if (type === 'rsa' && bits !== undefined && bits < TRUST_STORE_RSA_MIN_BITS) {
    throw owner.error(
      `has an RSA key of ${bits} bits, and API Gateway takes ${TRUST_STORE_RSA_MIN_BITS} and more ${whose}`,
    );
  }
  if (WEAK_SIGNATURES.some((oid) => certificate.raw.includes(oid))) {
    throw owner.error(`is signed with SHA-1 or MD5, and API Gateway takes SHA-256 and better ${whose}`);
  }
}
