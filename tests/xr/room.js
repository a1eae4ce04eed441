// A synthetic room around the emulator `iwer`, for tests: what the emulator lacks is stood in for here, by objects of our
// own (`Stand-in`): touches of a phone's screen, a DOM overlay, a light probe, hit tests, planes, depth, and a layer with a
// framebuffer of its own. Nobody should take them for proof of what a device does.
(() => {
  const setup = globalThis.roomSetup;
  const PHONE = {
    name: 'A phone', controllerConfig: undefined, supportedSessionModes: ['inline', 'immersive-ar'],
    supportedFeatures: ['viewer', 'local', 'local-floor', 'anchors', ...(setup.hits === false ? [] : ['hit-test']), 'dom-overlay', 'light-estimation', 'plane-detection', 'depth-sensing'],
    supportedFrameRates: [60], isSystemKeyboardSupported: false, internalNominalFrameRate: 60,
    environmentBlendModes: { 'immersive-ar': 'alpha-blend' }, interactionMode: 'screen-space',
    userAgent: 'Mozilla/5.0 (Linux; Android 15; Phone) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  };
  const isPhone = setup.device === 'phone';
  const device = new IWER.XRDevice(isPhone ? PHONE : IWER.metaQuest3, { stereoEnabled: !isPhone, fovy: isPhone ? 1.1 : Math.PI / 2 });
  if (isPhone) device.ipd = 0;
  device.installRuntime({ forceInstall: true });
  if (setup.only) {
    const own = navigator.xr.isSessionSupported.bind(navigator.xr);
    navigator.xr.isSessionSupported = async (mode) => mode === setup.only && own(mode);
  }
  const { mat4, vec3 } = maths();
  const room = globalThis.room = {
    device, session: undefined, layers: [], touches: [], sessions: 0, lost: false, refuse: setup.refuse, asked: [], actions: [], frames: 0, costs: [],
    /** Surfaces: pose by columns with +Y the normal, half width and depth. */
    surfaces: [
      { name: 'floor', matrix: pose([1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, -2]), half: [4, 4] },
      { name: 'wall', matrix: pose([1, 0, 0], [0, 0, 1], [0, -1, 0], [0, 1.25, -3]), half: [4, 1.25] },
      { name: 'table', matrix: pose([1, 0, 0], [0, 1, 0], [0, 0, 1], [1.5, 0.75, -1.8]), half: [0.4, 0.4] },
    ],
    light: { direction: [0.3, 0.9, 0.3], intensity: [2, 2, 2], ambient: [0.6, 0.6, 0.6] },
  };

  addEventListener('pointerup', (event) => { if (event.isTrusted) room.tapped = performance.now(); }, true);

  // The session itself.
  const { xr } = navigator;
  const request = xr.requestSession.bind(xr);
  xr.requestSession = (mode, options = {}) => {
    room.asked.push({ mode, active: performance.now() - room.tapped < 3000, required: options.requiredFeatures, optional: options.optionalFeatures, stack: room.at });
    if (room.refuse) return Promise.reject(new DOMException('refused', room.refuse));
    // Stand-in: what a test evaluates counts as a tap for the browser, and must not here.
    if (setup.activation && !(performance.now() - room.tapped < 3000)) return Promise.reject(new DOMException('no activation', 'SecurityError'));
    return request(mode, options).then(async (session) => {
      room.session = session;
      room.sessions += 1;
      room.space = await session.requestReferenceSpace('local-floor').catch(() => session.requestReferenceSpace('local'));
      watch(session, options);
      return session;
    });
  };

  const Frame = globalThis.XRFrame.prototype;

  function watch(session, options) {
    const own = session.requestAnimationFrame.bind(session);
    session.requestAnimationFrame = (act) => own((now, frame) => {
      room.frames += 1;
      room.frame = frame;
      for (const action of room.actions.splice(0)) action(session, frame);
      const before = performance.now();
      act(now, frame);
      room.costs.push(performance.now() - before);
      for (const resolve of room.after?.splice(0) ?? []) resolve(read(session));
      room.frame = undefined;
    });
    if (isPhone) {
      Object.defineProperty(session, 'inputSources', { get: () => room.touches });
      Object.defineProperty(session, 'environmentBlendMode', { value: 'alpha-blend' });
      Object.defineProperty(session, 'interactionMode', { value: 'screen-space' });
    }
    // Stand-in: a DOM overlay is the top layer.
    const root = options.domOverlay?.root;
    if (setup.overlay && root) {
      session.domOverlayState = { type: 'screen' };
      root.popover = 'manual';
      root.showPopover();
      session.addEventListener('end', () => {
        root.hidePopover();
        root.removeAttribute('popover');
      });
    }
    // Stand-in: hit tests against the surfaces of this room.
    if (setup.hits === false) {
      session.requestHitTestSource = () => { throw new DOMException('not granted', 'NotSupportedError'); };
    } else {
      session.requestHitTestSource = async ({ space }) => ({ space, cancel() {} });
      session.requestHitTestSourceForTransientInput = async () => ({ touch: true, cancel() {} });
    }
    // Stand-in: a depth map whose left half is near.
    if (setup.depth) {
      Object.defineProperty(session, 'depthUsage', { value: 'cpu-optimized' });
      Object.defineProperty(session, 'depthDataFormat', { value: 'luminance-alpha' });
      Frame.getDepthInformation = () => {
        const [width, height] = [32, 24];
        const data = Uint16Array.from({ length: width * height }, (_, i) => 1000 * setup.depth[i % width < width / 2 ? 0 : 1]);
        return { width, height, rawValueToMeters: 0.001, normDepthBufferFromNormView: { matrix: pose([1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]) }, data: data.buffer };
      };
    }
    if (setup.light) session.requestLightProbe = async () => ({ probe: true });
  }

  const getPose = Frame.getPose;
  const getViewerPose = Frame.getViewerPose;
  Frame.getViewerPose = function (space) {
    return room.lost ? null : getViewerPose.call(this, space);
  };
  Frame.getPose = function (space, base) {
    if (space?.surface) return { transform: { matrix: space.surface.matrix } };
    if (!space?.touch) return getPose.call(this, space, base);
    // Stand-in: a touch's ray goes from the eye through a place of the screen.
    const seen = getViewerPose.call(this, base);
    const view = seen.views[0];
    const { x, y } = space.touch;
    const [across, up] = [(2 * x - 1) / view.projectionMatrix[0], (1 - 2 * y) / view.projectionMatrix[5]];
    return { transform: { matrix: mat4.along(view.transform.matrix, vec3.norm([across, up, -1])) } };
  };
  Frame.getHitTestResults = function ({ space }) {
    const at = getPose.call(this, space, room.space);
    return at && !room.lost ? hits(at.transform.matrix) : [];
  };
  Frame.getHitTestResultsForTransientInput = function () {
    if (room.lost) return [];
    return room.touches.map((inputSource) => ({ inputSource, results: hits(this.getPose(inputSource.targetRaySpace, room.space).transform.matrix) }));
  };
  if (setup.planes) Object.defineProperty(Frame, 'detectedPlanes', { get: () => room.lost ? [] : room.surfaces.map((surface) => ({
    planeSpace: { surface },
    polygon: [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x, z]) => ({ x: x * surface.half[0], y: 0, z: z * surface.half[1] })),
  })) });
  Frame.getLightEstimate = function () {
    const { direction: [x, y, z], intensity: [r, g, b], ambient } = room.light;
    const sphericalHarmonicsCoefficients = new Float32Array(27);
    sphericalHarmonicsCoefficients.set(ambient.map((one) => one / 0.282095));
    return { primaryLightDirection: { x, y, z, w: 0 }, primaryLightIntensity: { x: r, y: g, z: b, w: 1 }, sphericalHarmonicsCoefficients };
  };

  /** Where a ray meets the room, nearest first. */
  function hits(ray) {
    const [origin, along] = [[ray[12], ray[13], ray[14]], [-ray[8], -ray[9], -ray[10]]];
    const met = room.surfaces.flatMap((surface) => {
      const { matrix, half } = surface;
      const [point, normal] = [[matrix[12], matrix[13], matrix[14]], [matrix[4], matrix[5], matrix[6]]];
      const slope = vec3.dot(along, normal);
      const distance = vec3.dot(vec3.sub(point, origin), normal) / slope;
      if (!(distance > 0) || slope >= 0) return [];
      const at = origin.map((one, i) => one + along[i] * distance);
      const away = vec3.sub(at, point);
      const [u, v] = [vec3.dot(away, [matrix[0], matrix[1], matrix[2]]), vec3.dot(away, [matrix[8], matrix[9], matrix[10]])];
      if (Math.abs(u) > half[0] || Math.abs(v) > half[1]) return [];
      const found = Float32Array.from(matrix);
      found.set(at, 12);
      return [{ distance, getPose: () => ({ transform: { matrix: found } }) }];
    });
    return met.sort((a, b) => a.distance - b.distance);
  }

  // Stand-in: devices hand out a framebuffer of their own, larger than the window.
  if (setup.framebuffer) {
    const Layer = globalThis.XRWebGLLayer;
    const buffers = new WeakMap();
    const made = (layer) => {
      const gl = layer.context;
      let known = buffers.get(layer);
      if (!known) {
        const before = [gl.getParameter(gl.FRAMEBUFFER_BINDING), gl.getParameter(gl.TEXTURE_BINDING_2D)];
        const [width, height] = setup.framebuffer;
        const texture = gl.createTexture();
        gl.bindTexture(gl.TEXTURE_2D, texture);
        gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, width, height);
        const framebuffer = gl.createFramebuffer();
        gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
        gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
        gl.bindFramebuffer(gl.FRAMEBUFFER, before[0]);
        gl.bindTexture(gl.TEXTURE_2D, before[1]);
        buffers.set(layer, known = { framebuffer, width, height });
        room.session.addEventListener('end', () => {
          gl.deleteFramebuffer(framebuffer);
          gl.deleteTexture(texture);
        });
      }
      return known;
    };
    Object.defineProperties(Layer.prototype, {
      framebuffer: { get() { return made(this).framebuffer; } },
      framebufferWidth: { get() { return made(this).width; } },
      framebufferHeight: { get() { return made(this).height; } },
    });
    Layer.prototype.getViewport = function (view) {
      const { width, height } = made(this);
      if (isPhone) return { x: 0, y: 0, width: view.eye === 'right' ? 0 : width, height };
      return { x: view.eye === 'right' ? width / 2 : 0, y: 0, width: width / 2, height };
    };
  }

  /** The layer's pixels, rows from above. */
  function read(session) {
    const layer = session.renderState.baseLayer;
    const gl = layer.context;
    const [width, height] = [layer.framebufferWidth, layer.framebufferHeight];
    const before = gl.getParameter(gl.FRAMEBUFFER_BINDING);
    gl.bindFramebuffer(gl.FRAMEBUFFER, layer.framebuffer);
    const pixels = new Uint8Array(4 * width * height);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    gl.bindFramebuffer(gl.FRAMEBUFFER, before);
    let text = '';
    for (let y = height - 1; y >= 0; y -= 1) {
      const row = pixels.subarray(4 * width * y, 4 * width * (y + 1));
      for (let at = 0; at < row.length; at += 8192) text += String.fromCharCode(...row.subarray(at, at + 8192));
    }
    return { width, height, data: btoa(text), error: gl.getError() };
  }

  /** After the next frame: the layer as it is. */
  room.picture = () => new Promise((resolve) => (room.after ??= []).push(resolve));
  /** Within the next frame. */
  room.soon = (act) => new Promise((resolve, reject) => room.actions.push((session, frame) => {
    try {
      resolve(act(session, frame));
    } catch (error) {
      reject(error);
    }
  }));
  const fire = (session, type, frame, inputSource) => {
    const event = new Event(type);
    Object.assign(event, { frame, inputSource });
    session.dispatchEvent(event);
  };
  /** A finger on the screen, in shares of it from the upper left. */
  room.down = (id, x, y) => room.soon((session, frame) => {
    const inputSource = { id, targetRayMode: 'screen', targetRaySpace: { touch: { x, y } }, profiles: ['generic-touchscreen'] };
    room.touches = [...room.touches, inputSource];
    fire(session, 'selectstart', frame, inputSource);
  });
  room.move = (id, x, y) => room.soon(() => {
    Object.assign(room.touches.find((touch) => touch.id === id).targetRaySpace.touch, { x, y });
  });
  room.up = (id) => room.soon((session, frame) => {
    const inputSource = room.touches.find((touch) => touch.id === id);
    fire(session, 'select', frame, inputSource);
    fire(session, 'selectend', frame, inputSource);
    room.touches = room.touches.filter((touch) => touch !== inputSource);
  });

  function pose(x, y, z, at) {
    return Float32Array.from([...x, 0, ...y, 0, ...z, 0, ...at, 1]);
  }

  function maths() {
    const vec3 = {
      dot: (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2],
      sub: (a, b) => a.map((one, i) => one - b[i]),
      norm: (a) => a.map((one) => one / Math.hypot(...a)),
      cross: (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]],
    };
    const mat4 = {
      /** A pose at a view's place that looks along a direction given in its space. */
      along: (view, direction) => {
        const turned = [0, 1, 2].map((row) => direction.reduce((sum, one, column) => sum + view[4 * column + row] * one, 0));
        const back = turned.map((one) => -one);
        const right = vec3.norm(vec3.cross(Math.abs(back[1]) > 0.99 ? [1, 0, 0] : [0, 1, 0], back));
        return pose(right, vec3.cross(back, right), back, [view[12], view[13], view[14]]);
      },
    };
    return { mat4, vec3 };
  }
})();
