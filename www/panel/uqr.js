/** The QR encoder that is bundled; where nothing is bundled, the build puts the package's own module here. */
export { encode } from 'uqr';
