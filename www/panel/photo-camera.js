/** The live camera: asked for when a customer taps, and off as soon as it is not seen. */

export class LiveCamera {
  constructor() {
    this.video = document.createElement('video');
    this.video.muted = this.video.playsInline = true;
    /** @type {MediaStream | undefined} */
    this.stream = undefined;
    this.frame = 0;
    /** A frame is on its way: the next is left out. */
    this.busy = false;
  }

  static get isThere() {
    return Boolean(navigator.mediaDevices?.getUserMedia);
  }

  /**
   * Begins, and gives every picture.
   * @param {(bitmap: ImageBitmap) => unknown} take
   * @returns {Promise<'' | 'none' | 'denied' | 'busy'>} why there is none
   */
  async begin(take) {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } } });
    } catch (error) {
      const { name } = /** @type {DOMException} */ (error);
      if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
      return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'none';
    }
    const { video } = this;
    video.srcObject = this.stream;
    await video.play();
    const next = () => {
      if (!this.stream) return;
      this.frame = requestAnimationFrame(next);
      if (this.busy || video.readyState < 2 || document.hidden) return;
      this.busy = true;
      createImageBitmap(video).then((bitmap) => (this.stream ? take(bitmap) : bitmap.close()), () => {}).finally(() => { this.busy = false; });
    };
    next();
    return '';
  }

  /** Off. */
  end() {
    cancelAnimationFrame(this.frame);
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = undefined;
    this.video.srcObject = null;
  }
}
