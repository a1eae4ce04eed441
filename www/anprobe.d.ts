/** A point or size in metres. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** As attributes take it: `1m 2m 3m`. */
  toString(): string;
}

/** Where the camera is around its target. */
export interface CameraOrbit {
  /** Around +Y, radians. */
  readonly theta: number;
  /** From +Y down, radians. */
  readonly phi: number;
  /** Metres. */
  readonly radius: number;
  /** As `camera-orbit` takes it: `0.5rad 1.3rad 2m`. */
  toString(): string;
}

/** What went wrong; `code` never changes its spelling. */
export interface ErrorDetail {
  type: 'loadfailure' | 'webglcontextlost';
  code: string;
  /** The spot in the file as a JSON pointer; empty for the whole. */
  path: string;
  message: string;
  /** What can be done about it. */
  remedy: string;
  sourceError: unknown;
}

/** What taking, or of many leaving, something would mean. `dead`: no combination has it, or it is no longer sold. */
export interface ProductState {
  readonly state: 'taken' | 'possible' | 'repairable' | 'dead' | 'unknown';
  /** What the price changes by, minor units of the shown currency. */
  readonly amount: number;
  readonly amountText: string;
  /** How many of the customer's own picks would have to change, and how many others. */
  readonly own: number;
  readonly others: number;
}

/** One choice of a group. */
export interface ProductChoice extends ProductState {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly taken: boolean;
  readonly price: number;
  readonly priceText: string;
  readonly sku?: string;
  /** `#rrggbb`, or the address of a picture. */
  readonly swatch?: string;
  readonly stock?: number;
  readonly leadTimeDays?: number;
  readonly facts?: Record<string, number | string>;
  readonly rating?: { value: number; count: number; href?: string };
}

/** The answer to a group: the id of a choice, ids, a number, `#rrggbb`, a text, the name of a picture, layers. */
export type ProductAnswer = string | string[] | number | null | ProductLayer | ProductLayer[];

/** A picture or words on a surface; without places it is as large as can be, in the middle, upright. */
export interface ProductLayer {
  /** The name that `remember` gave. */
  readonly picture?: string;
  readonly text?: string;
  /** One of `fonts`, or one that the page has. */
  readonly font?: string;
  /** `#rrggbb`; of words in a group of pictures. */
  readonly ink?: string;
  /** To the right of the middle, ten-thousandths of the surface's width. */
  readonly x?: number;
  /** Below the middle, ten-thousandths of the surface's height. */
  readonly y?: number;
  /** So many ten-thousandths larger than by itself: 10000 is twice as large, -5000 half. */
  readonly scale?: number;
  /** Clockwise, tenths of a degree. */
  readonly rotation?: number;
}

/** Where a layer lies; nothing of a picture that is not on this device. */
export interface ProductPlaced {
  /** From the surface's middle, to the right and below. */
  readonly centerMm?: number[];
  /** Before it is turned. */
  readonly sizeMm?: number[];
  /** Clockwise. */
  readonly turnDeg?: number;
}

/** What may go wrong in print or engraving. */
export interface ProductHint {
  readonly kind: 'soft' | 'edge' | 'gone' | 'small' | 'thin' | 'faint' | 'oneColor' | 'missing';
  readonly layer: number;
  readonly cm?: number;
  readonly px?: number;
  readonly mm?: number;
}

/** The surface of a group of pictures or texts. */
export interface ProductSurface {
  readonly id: string;
  readonly name: string;
  readonly sizeMm: number[];
  readonly safeZoneMm: number;
  readonly bleedMm: number;
  readonly minDpi?: number;
  readonly process?: string;
  /** Those that may be used; none for all. */
  readonly fonts: string[];
  /** Of words without an ink of their own, as it is seen, and of what is behind. */
  readonly ink: string;
  readonly ground?: string;
  /** All groups that go there. */
  readonly groups: string[];
  /** Looks straight at it. */
  readonly camera?: { orbit: string; target: string };
}

/** Where a hand puts a layer: its middle from the surface's, its width, its turn; the middle, edges and quarter turns hold what comes so near. */
export interface ProductHand {
  centerMm: number[];
  widthMm: number;
  turnDeg: number;
  snapMm?: number;
  snapDeg?: number;
}

/** One group of choices. Free colours, texts and pictures have a state of their own. */
export interface ProductGroup extends Partial<ProductState> {
  readonly id: string;
  readonly name: string;
  readonly kind: 'one' | 'many' | 'number' | 'color' | 'picture' | 'text';
  readonly value: ProductAnswer;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly unit?: string;
  /** What each step costs, or having a text or picture. */
  readonly price: number;
  readonly priceText: string;
  readonly free: boolean;
  readonly surface?: string;
  readonly choices: ProductChoice[];
  /** Of numbers: values that the rules do not tell apart. */
  readonly ranges?: (ProductState & { min: number; max: number })[];
}

/** One answer that differs, in words. */
export interface ProductChange {
  readonly group: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Whether the customer had chosen what was before. */
  readonly own: boolean;
  readonly text?: string;
}

/** Why an answer cannot simply be given. */
export interface ProductConflict {
  readonly group: string;
  /** What was asked for. */
  readonly choice: ProductAnswer;
  readonly name: string;
  readonly state: ProductState['state'];
  /** A sentence. */
  readonly text: string;
  /** None of them can be left out, unless `minimal` is false. */
  readonly reasons: { kind: 'rule' | 'bounds' | 'taken' | 'left' | 'gone'; of: string; name: string; text: string }[];
  readonly minimal: boolean;
  readonly repair?: { changes: ProductChange[]; amount: number; amountText: string; code: string; text: string };
}

/** What is chosen. */
export interface ProductConfiguration {
  readonly code: string;
  readonly values: Record<string, ProductAnswer>;
  readonly owned?: string;
  readonly differences: ProductChange[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly designs: string[];
  readonly behaviours: Record<string, number>;
}

/** What is known of a product. */
export interface ProductFact {
  readonly id: string;
  readonly name: string;
  readonly value: number | string;
  readonly unit?: string;
  readonly moreIsBetter?: boolean;
}

/** A length to be drawn on the product; metres, in the product's space. */
export interface ProductRuler {
  /** As the product file calls it; empty for an edge of the box around it. */
  readonly name: string;
  readonly axis: '' | 'width' | 'height' | 'depth';
  readonly from: [number, number, number];
  readonly to: [number, number, number];
  /** Where the product itself ends. */
  readonly ends: [[number, number, number], [number, number, number]];
  readonly length: number;
  /** Whether the file says that it was measured on the product. */
  readonly measured: boolean;
}

/** A choice with which the product would fit. */
export interface ProductFitWay {
  readonly group: string;
  readonly groupName: string;
  /** As `repair` takes it. */
  readonly choice: ProductAnswer;
  readonly name: string;
  /** Of many: it is left, not taken. */
  readonly leaves: boolean;
  readonly state: 'possible' | 'repairable';
  readonly amount: number;
  readonly amountText: string;
  /** How many other groups change with it. */
  readonly others: number;
}

/** A picture of the thing that is owned, its camera and what is drawn into it. */
export interface ProductPhoto {
  /** The outline to be aligned, the picture alone, or the upgrade in it. */
  view: 'align' | 'before' | 'after';
  fit: 'contain' | 'cover';
  /** Whether all that is to be drawn is there. */
  ready: boolean;
  /** Whether what is chosen brings anything that is seen. */
  brings: boolean;
  /** Degrees: around the product, from above, in the picture. */
  turn: number;
  tilt: number;
  roll: number;
  /** Where the product's middle is, from the picture's, in shares of the picture's height. */
  right: number;
  up: number;
  /** Of the product's middle from the camera, metres. */
  distance: number;
  /** The lens, millimetres on 35-mm film, and whether the file said so. */
  focal: number;
  knowsFocal: boolean;
  /** Stops that the customer added. */
  brighter: number;
  /** What `alignPhoto` takes. */
  numbers: number[];
  /** The product file's points of what is owned: where the outline has them and where they are marked, CSS pixels. */
  marks: { id: string; name: string; expected: [number, number] | null; marked: [number, number] | null }[];
  /** Of the picture, pixels. */
  width: number;
  height: number;
}

/** Whether the product goes into a gap; metres. */
export interface ProductFit {
  readonly fits: boolean;
  /** It does once it is turned by a quarter. */
  readonly turned: boolean;
  /** Width, height and depth. `have` is null where it does not matter. */
  readonly sides: { axis: 'width' | 'height' | 'depth'; have: number | null; need: number; over: number; clearance: number }[];
  /** The corners of the box around the product, in its space. */
  readonly min: [number, number, number];
  readonly max: [number, number, number];
  /** Single choices with which it would fit, those that change the least first. */
  readonly options: ProductFitWay[];
  /** Single choices of which it cannot be told: their models have not been fetched. */
  readonly unknown: ProductFitWay[];
}

/** Where a point is seen, CSS pixels from the element's upper left corner; no numbers for what is behind the eye. */
export interface ProjectedPoint {
  readonly x: number;
  readonly y: number;
  /** From 0, near, to 1. */
  readonly depth: number;
  /** Whether its normal, where it has one, points towards the eye. */
  readonly facing: boolean;
  /** Whether something of the product stands before it. */
  readonly hidden: boolean;
}

/** Where one of the page's hotspots is. */
export interface HotspotData {
  readonly position: Point;
  readonly normal: Point;
  readonly canvasPosition: Point;
  /** It is to be seen: turned towards the eye, and nothing of the product stands before it. */
  readonly facingCamera: boolean;
}

/** What it costs. Nobody should sell by it: the shop's server makes its own from the code. */
export interface ProductQuote {
  readonly currency: string;
  readonly digits: number;
  /** Whether the amounts are converted from the currency that is paid in. */
  readonly converted: boolean;
  readonly total: number;
  readonly totalText: string;
  readonly moreThanOwned?: number;
  readonly moreThanOwnedText?: string;
  /** The upgrades that alone lead from what is owned to what is chosen: `upgradeOrder()` asks for them. */
  readonly upgrades?: { id: string; name: string; price: number; priceText: string; credit: number; creditText: string }[];
  readonly tax?: number;
  readonly taxText?: string;
  readonly taxIncluded?: boolean;
  readonly taxNote?: string;
  readonly lines: {
    kind: 'base' | 'choice' | 'steps' | 'filled' | 'conditional';
    of?: string;
    name: string;
    quantity: number;
    amount: number;
    amountText: string;
    sku?: string;
    stale: boolean;
  }[];
  readonly parts: { sku: string; quantity: number }[];
  /** Seconds since 1970, where a price comes from an offer. */
  readonly offersTime?: number;
  /** The shop no longer stands to some price. */
  readonly stale: boolean;
  readonly stock?: number;
  readonly leadTimeDays: number;
  readonly facts: ProductFact[];
}

/** One way from what is owned to something better. */
export interface ProductUpgrade {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly code: string;
  /** Whether what is chosen has it. */
  readonly taken: boolean;
  readonly price: number;
  readonly priceText: string;
  readonly credit: number;
  readonly creditText: string;
  readonly sku?: string;
  readonly added: { of: string; name: string }[];
  readonly removed: { of: string; name: string }[];
  readonly changes: ProductChange[];
  readonly parts: { sku: string; quantity: number }[];
  readonly facts: { id: string; name: string; unit?: string; from: number | string | null; to: number | string | null; better?: boolean }[];
  readonly install: {
    method: 'swap' | 'print' | 'software' | 'service';
    minutes?: number;
    steps: {
      text: string;
      tools: string[];
      minutes?: number;
      camera?: { orbit?: string; target?: string; fieldOfView?: string };
      animation?: string;
      parts: string[];
    }[];
  };
}

/** Two configurations side by side. */
export interface ProductComparison {
  /** Codes. */
  readonly a: string;
  readonly b: string;
  readonly wipe: number;
  readonly marks: boolean;
  /** Whether both sides are seen as they are to be. */
  readonly ready: boolean;
  /** What `b` costs more than `a`. */
  readonly amount: number;
  readonly amountText: string;
  readonly changes: ProductChange[];
  readonly facts: ProductUpgrade['facts'];
  readonly added: { of: string; name: string }[];
  readonly removed: { of: string; name: string }[];
}

/** What is asked of choices; all of it must hold. */
export interface ProductFilter {
  /** Only choices of this group. */
  group?: string;
  /** In stock, or nothing is known of it. */
  available?: boolean;
  /** Without anything else changing. */
  fits?: boolean;
  /** Minor units of the shown currency. */
  maxAmount?: number;
  /** Figures of facts, by id. */
  facts?: Record<string, { min?: number; max?: number }>;
}

/** What does not change with the configuration. */
export interface ProductSheet {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** In decimals, exactly; null when it could not be counted. */
  readonly combinations: string | null;
  /** Whether free colours, texts or pictures come on top of them. */
  readonly open: boolean;
  readonly guide: { id: string; question: string; answers: { id: string; text: string }[] }[];
  readonly surfaces: { id: string; name: string; sizeMm: [number, number]; safeZoneMm: number; minDpi: number | null; process: string | null; fonts: string[] }[];
  /** What owners can make of theirs, whether it fits what is owned or not. */
  readonly upgrades: { id: string; name: string }[];
  readonly behaviours: { id: string; name: string; unit: string; min: number; max: number; button: boolean; rest: number }[];
  readonly dimensions: { name: string; from: [number, number, number]; to: [number, number, number]; measured: boolean }[];
  readonly hotspots: {
    text: string;
    position: [number, number, number];
    normal: [number, number, number] | null;
    group: string | null;
    camera: { orbit?: string; target?: string; fieldOfView?: string } | null;
  }[];
  readonly consumables: { id: string; name: string; sku: string; price: number; priceText: string; intervalDays: number | null }[];
  readonly actions: { kind: 'buy' | 'quote' | 'borrow' | 'print' | 'reorder'; name: string; price: number | null; priceText?: string }[];
  readonly links: { name: string; href: string }[];
}

/** What the shop says now of one thing that it sells. */
export interface ProductOffer {
  /** Minor units of the file's currency. */
  price?: number;
  stock?: number;
  leadTimeDays?: number;
  /** Seconds since 1970. */
  validUntilSecs?: number;
}

/** A part that can be printed. */
export interface PrintPart {
  /** As the product file names it; empty for all that is shown, where there is no product. */
  id: string;
  name: string;
  sku?: string;
  /** What whoever has the file may do with it. */
  licence: string;
  /** Its file is sold apart: it takes the token that the shop answers to the `print` action. */
  isPaid: boolean;
  /** What is owned does not have it: an upgrade adds it. */
  isAdded: boolean;
}

/** What is asked of a print. */
export interface PrintRequest {
  /** Ids of parts; `added`: what is new against `owned`; all without. */
  parts?: string[] | 'all' | 'added';
  /** 1 is true size. */
  scale?: number;
  /** The `id` of one of a report's `estimates`; the usual one without. */
  material?: string;
  /** The name of one of a report's `beds`, or one's own. */
  bed?: string | { name?: string; /** Width, depth and height. */ sizeMm: [number, number, number] };
  layerHeightMm?: number;
  /** `best`: as the product file says, else as it prints best; `standing`: as it stands in the product. */
  lies?: 'best' | 'standing';
  /** What the shop's `print` action answered, for what is sold apart. */
  token?: string;
  /** The buyer's reference; it goes into the file. */
  buyer?: string;
  signal?: AbortSignal;
  /** From 0 to 1. */
  progress?: (done: number) => void;
}

/** One way to lay a part on the bed. */
export interface PrintOrientation {
  /** x, y, z and w of a unit quaternion, from how the product stands, z up. */
  readonly bedFromPrint: number[];
  readonly heightMm: number;
  readonly contactMm2: number;
  readonly overhangMm2: number;
  readonly belowOverhangMm3: number;
}

/** What was found in a model, before anything was repaired. */
export interface PrintFinding {
  readonly kind:
    | 'openEdge' | 'crowdedEdge' | 'flippedTriangle' | 'oneSided' | 'degenerate' | 'flatTriangle' | 'duplicate' | 'insideOut'
    | 'cavity' | 'nestedShell' | 'notAsDeclared' | 'selfIntersection' | 'overlap' | 'notCompared' | 'noVolume' | 'thinWall' | 'smallDetail' | 'narrowGap' | 'overhang' | 'tooLarge';
  readonly count: number;
  /** Of what is thin, the thinnest, mm; of overhangs their surface, mm²; of holes the widest, mm. */
  readonly worst: number | null;
  /** Where, the worst first: metres, where the product stands. */
  readonly places: readonly { at: number[]; size: number | null }[];
}

/** What was found out about a part. */
export interface PrintReport {
  readonly id: string;
  /** Its file is sold apart and there was no token: this is of the shape that is shown. */
  readonly isShown: boolean;
  readonly name: string;
  readonly isPrintable: boolean;
  /** Why not: kinds of findings. */
  readonly refusals: readonly PrintFinding['kind'][];
  readonly findings: readonly PrintFinding[];
  /** Of the customer's words: what is not as it was wished, such as another font, or why they cannot be made. */
  readonly issues: readonly { code: string; message: string; detail: string; remedy: string }[];
  /** What was repaired: nothing is in silence. */
  readonly repairs: readonly { kind: string; count: number }[];
  readonly triangles: number;
  readonly vertices: number;
  readonly shells: number;
  /** Width, depth and height, mm. */
  readonly sizeMm: number[];
  readonly volumeMm3: number;
  readonly areaMm2: number;
  readonly leastWallMm: number | null;
  readonly leastDetailMm: number | null;
  readonly leastGapMm: number | null;
  readonly standing: PrintOrientation;
  /** As it is laid; what follows is of this one. */
  readonly best: PrintOrientation;
  readonly supports: { spacingMm: number; columns: number; volumeMm3: number };
  /** On which printers it fits, turned by so many degrees; null where it does not. The one that is asked for comes first. */
  readonly beds: readonly { bed: { name: string; sizeMm: number[] }; turnDeg: number | null }[];
  /** Estimates, the material that is asked for first. `price` in minor units of the file's currency. */
  readonly estimates: readonly {
    id: string; material: string; solidG: number; massG: number; supportG: number; layers: number; seconds: number; price: number | null;
  }[];
}

/** A part on the printer's bed. Both files stand in one space: metres, +Y up, the bed's top at 0 and its middle at the origin. */
export interface SeenPrint {
  /**
   * A GLB of the part as it comes from the printer, on its bed. Its variants are named by what they show: `supports`, `seams`
   * and `marks`, with blanks; `bare` shows none of them, no variant all.
   */
  readonly printed: Uint8Array<ArrayBuffer>;
  /** A GLB of the same part in the product's look. */
  readonly finished: Uint8Array<ArrayBuffer>;
  /** Places of findings on the print. */
  readonly marks: readonly { kind: PrintFinding['kind']; at: number[]; normal: number[]; size: number | null }[];
  /** What shows less than there is: of how many triangles, and whether seams were left out. */
  readonly thinned: { triangles: number | null; seam: boolean };
  readonly report: PrintReport;
}

/** Why there is no report or file; `message` is for customers. */
export interface PrintError extends Error {
  code: 'licence-required' | 'print-refused' | 'print-empty' | 'print-option' | 'fetch-failed' | (string & {});
  /** What was found out before. */
  reports: PrintReport[];
}

/** A line for the shop's cart. */
export interface ProductOrderLine {
  /** The product's id where the file gives it none. */
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** Minor units of the file's currency, each. */
  readonly unitPrice: number;
  /** Names that begin with `_` are for the shop alone; `_anprobe_code` is the code. */
  readonly properties: Record<string, string>;
}

/** What a customer asks the shop for. */
export interface ProductOrder {
  readonly action: 'buy' | 'quote' | 'borrow' | 'print' | 'reorder';
  /** Empty for the usual word. */
  readonly name: string;
  /** The product's id. */
  readonly product: string;
  /** What is asked for; empty for a refill. */
  readonly code: string;
  /** What the customer has, where upgrades of it are asked for. */
  readonly owned?: string;
  /** The file's, as all amounts here. */
  readonly currency: string;
  readonly digits: number;
  /** The first is the product itself, with all that has no SKU of its own; together they are the quote. Of upgrades, each is a line. */
  readonly lines: ProductOrderLine[];
  /** The bill of materials. */
  readonly parts: { sku: string; quantity: number }[];
}

/** How a shop answers an action: `error` is shown in its words and nothing is lost; `text` and `href` confirm. */
export interface ProductActionAnswer {
  error?: string;
  text?: string;
  /** Where to go on, such as the cart. */
  href?: string;
  /** To `print`: what gives the files of parts that are sold apart. */
  token?: string;
}

/** The detail of `anprobe-action`. */
export interface ProductAction extends ProductOrder {
  /** In the shown currency. Nobody should sell by it. */
  readonly quote: ProductQuote | undefined;
  /** The same as `parts`. */
  readonly bom: { sku: string; quantity: number }[];
  /** A picture of what is asked for. */
  readonly picture: () => Promise<Blob>;
  /** What is to be printed, and the customer's own pictures. */
  readonly files: () => Promise<File[]>;
  /** While it is pending the panel says so; without it nothing pretends to have happened. */
  readonly respond: (answer: ProductActionAnswer | void | Promise<ProductActionAnswer | void | unknown>) => void;
}

/** What became of a wish. */
export type ProductOutcome = 'changed' | 'same' | 'blocked' | 'unknown';

/** The events of `<anprobe-viewer>`; only `anprobe-action` bubbles. */
export interface AnprobeViewerEventMap {
  'load': CustomEvent<{ url: string }>;
  /** The customer has tapped the button in iOS Quick Look. */
  'quick-look-button-tapped': CustomEvent<null>;
  /** Scene Viewer shows the model as it comes, because no `scene-viewer-src` names configured files. */
  'ar-warning': CustomEvent<{ code: string }>;
  /** What became of the way into the room. */
  'ar-status': CustomEvent<{ status: 'not-presenting' | 'session-started' | 'object-placed' | 'failed' }>;
  /** Whether the device knows where it is in the room. */
  'ar-tracking': CustomEvent<{ status: 'tracking' | 'not-tracking' }>;
  /** Something of the session in the room differs. */
  'ar-room': CustomEvent<RoomState>;
  'error': CustomEvent<ErrorDetail>;
  'progress': CustomEvent<{ totalProgress: number; reason: 'model-load' | 'environment-update' | 'variant-update' }>;
  'camera-change': CustomEvent<{ source: 'user-interaction' | 'automatic' | 'none' }>;
  'model-visibility': CustomEvent<{ visible: boolean }>;
  'poster-dismissed': CustomEvent<null>;
  'variant-applied': CustomEvent<null>;
  'environment-change': CustomEvent<null>;
  'play': CustomEvent<null>;
  'pause': CustomEvent<null>;
  'loop': CustomEvent<{ count: number; name: string }>;
  'finished': CustomEvent<null>;
  /** `changed`: `group/choice`, or the id of a number, text, picture or free colour's group. */
  'configuration-change': CustomEvent<{ rev: number; changed: string[] }>;
  'conflict': CustomEvent<ProductConflict>;
  /** What is compared, its line or its marks changed, or it is seen as it is to be. */
  'comparison-change': CustomEvent<null>;
  /** The customer wants to buy, borrow, … what is chosen, or more of what is used up. From the panel; bubbles and is composed. */
  'anprobe-action': CustomEvent<ProductAction>;
  /** After each picture, where hotspots are known: for what follows the camera. */
  'render': CustomEvent<null>;
  /** A hotspot of the product file was tapped; `group` is what it opens. */
  'hotspot': CustomEvent<{ text: string; group?: string }>;
}

/** A session in the customer's room at this moment. */
export interface RoomState {
  /** What the customer is told, by its name in the word tables (`ar-hint-…`); empty for nothing. */
  readonly hint: string;
  readonly placed: boolean;
  /** 1 is true size. */
  readonly scale: number;
  /** Whether it cannot be scaled. */
  readonly fixed: boolean;
  /** Whether the customer has one, so that the upgrade can be seen on the thing itself. */
  readonly owned: boolean;
  readonly align: 'off' | 'aligning' | 'aligned';
  /** Points can be marked on what is owned: the product file names three, and the device can measure. */
  readonly marks: boolean;
  /** Taps mark points on what is owned. */
  readonly marking: boolean;
  /** The name of the point that is marked now. */
  readonly point: string | null;
  /** What is wrong with the points that were marked: `ALIGN_…`; empty for nothing. */
  readonly trouble: string;
  /** How far off the points were in the mean that laid the outline, metres. */
  readonly off: number | null;
  /** What is owned is seen, and not what is chosen. */
  readonly before: boolean;
  readonly measuring: boolean;
  /** The side that is measured now. */
  readonly side: 'width' | 'depth' | 'height' | null;
  /** Metres, of the product at true size; the uncertainty is two standard deviations. */
  readonly sides: { axis: 'width' | 'depth' | 'height'; have: number; need: number; spare: number; uncertainty: number; verdict: 'fits' | 'close' | 'collides' }[];
}

/** A gap that a customer measured in the room, metres; 0 does not matter. */
export interface MeasuredGap {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** How far off each side may be: one in twenty is farther off. */
  readonly uncertainty: { width: number; height: number; depth: number };
}

/**
 * What an element with `ar` has beside the rest, as soon as `anprobe_ar.js` is there. Slots: `ar-button`,
 * `exit-webxr-ar-button`. Parts: `default-ar-button`, `default-exit-webxr-ar-button`, `ar-hint`, `ar-fit`, `ar-room`,
 * `ar-message`. Custom properties: `--ar-button-display`, `--ar-button-scale`. Attributes that it sets: `ar-status`,
 * `ar-tracking`.
 */
export interface AnprobeInRoom {
  arModes: string;
  /** `ios-src`: a file of the page's own for iOS Quick Look. */
  iosSrc: string | null;
  /** `ar-usdz-max-texture-size`: the longest side of a texture in the file that is made for Quick Look; `auto` is 2048. */
  arUsdzMaxTextureSize: string;
  arScale: 'auto' | 'fixed';
  arPlacement: 'floor' | 'wall' | 'table';
  /** The room's light lights the product. */
  xrEnvironment: boolean;
  /** Whether this device can show the product in a room. */
  readonly canActivateAR: boolean;
  /** The session, while there is one; also what it was at its end. */
  readonly room: RoomState | undefined;
  /** The gap that the customer measured in the room. */
  readonly measuredGap: MeasuredGap | undefined;
}

export interface AnprobeViewer extends AnprobeInRoom {}

/** A product that customers can turn: `<anprobe-viewer>`. Every attribute is also a property. */
export class AnprobeViewer extends HTMLElement {
  /** Every attribute that the element reads. */
  static readonly observedAttributes: readonly string[];
  /** All words, by language and key; assigning adds to them. */
  static words: Record<string, Record<string, string>>;
  /** This element's own words, by key. */
  words: Record<string, string>;

  /** The address of a `.glb` or `.gltf`. */
  src: string | null;
  /** The address of a product file; its model comes in place of `src`. */
  product: string | null;
  /** The code of what is to be chosen. */
  config: string | null;
  /** The code of what the customer has. */
  owned: string | null;
  /** Offers the product in the customer's room. */
  ar: boolean;
  /** Tells machines about the product in the page's head (https://schema.org). */
  generateSchema: boolean;
  /** Puts the product into the customer's room; call it in a handler of a tap. */
  activateAR(): Promise<void>;
  /** ISO 4217; needs a rate where it is not the file's. */
  currency: string | null;
  /** What the product is, for those who do not see it. */
  alt: string | null;
  /** A picture to show until the model stands. */
  poster: string | null;
  reveal: 'auto' | 'manual' | (string & {});
  loading: 'auto' | 'lazy' | 'eager' | (string & {});
  withCredentials: boolean;
  backend: 'auto' | 'webgpu' | 'webgl' | (string & {});
  camera: string | null;
  cameraControls: boolean;
  cameraOrbit: string;
  cameraTarget: string;
  fieldOfView: string;
  minCameraOrbit: string;
  maxCameraOrbit: string;
  minFieldOfView: string;
  maxFieldOfView: string;
  /** Milliseconds. */
  interpolationDecay: number;
  orbitSensitivity: number;
  zoomSensitivity: number;
  panSensitivity: number;
  touchAction: 'none' | 'pan-x' | 'pan-y' | (string & {});
  disableZoom: boolean;
  disablePan: boolean;
  disableTap: boolean;
  interactionPrompt: 'auto' | 'none' | (string & {});
  /** Milliseconds. */
  interactionPromptThreshold: number;
  autoRotate: boolean;
  /** Milliseconds. */
  autoRotateDelay: number;
  rotationPerSecond: string;
  environmentImage: string | null;
  skyboxImage: string | null;
  skyboxHeight: string;
  exposure: number;
  toneMapping: 'auto' | 'neutral' | 'aces' | 'agx' | 'reinhard' | 'linear' | (string & {});
  shadowIntensity: number;
  shadowSoftness: number;
  autoplay: boolean;
  animationName: string | undefined;
  /** Milliseconds. */
  animationCrossfadeDuration: number;
  variantName: string | null;
  orientation: string;
  scale: string;

  /** Whether the model's picture stands. */
  readonly loaded: boolean;
  readonly modelIsVisible: boolean;
  readonly availableVariants: string[];
  readonly availableAnimations: string[];
  /** What `camera` may say: names, or numbers of cameras without. */
  readonly availableCameras: string[];
  readonly paused: boolean;
  /** Seconds. */
  readonly duration: number;
  /** Seconds. */
  currentTime: number;
  timeScale: number;
  /** Radians. */
  readonly turntableRotation: number;

  getCameraOrbit(): CameraOrbit;
  getCameraTarget(): Point;
  /** Degrees. */
  getFieldOfView(): number;
  /** Degrees. */
  getMinimumFieldOfView(): number;
  /** Degrees. */
  getMaximumFieldOfView(): number;
  /** Width by height. */
  getIdealAspect(): number;
  getDimensions(): Point;
  getBoundingBoxCenter(): Point;
  jumpCameraToGoal(): void;
  updateFraming(): Promise<void>;
  zoom(keyPresses: number): void;
  resetTurntableRotation(theta?: number): void;
  play(options?: { repetitions?: number; pingpong?: boolean }): void;
  pause(): void;
  dismissPoster(): void;
  showPoster(): void;
  toBlob(options?: {
    mimeType?: string;
    qualityArgument?: number;
    idealAspect?: boolean;
    /** Pixels; the element's own size without it. */
    width?: number;
    /** Pixels; the element's own size without it. */
    height?: number;
  }): Promise<Blob>;
  toDataURL(type?: string, encoderOptions?: number): string;

  /** The product's surface under a point of the window; null the first time on a page without product or hotspots. */
  positionAndNormalFromPoint(clientX: number, clientY: number): { position: Point; normal: Point; uv: { u: number; v: number; toString(): string } | null; modelIndex: number } | null;
  /** The same for `data-surface`. */
  surfaceFromPoint(clientX: number, clientY: number): string | null;
  materialFromPoint(clientX: number, clientY: number): { index: number; name: string } | null;
  /** By the name of its slot. */
  queryHotspot(name: string): HotspotData | null;
  updateHotspot(place: { name: string; position?: string; normal?: string; surface?: string }): void;

  // The members below are there where a product or a hotspot is, from the first `configuration-change` or `render` on.
  /** Where points of the product's space are seen: `[x, y, z]`, or with a normal after it. */
  project(points: readonly (readonly number[])[]): ProjectedPoint[];
  /** The product file's dimensions of what is chosen, else the box's. */
  readonly rulers: ProductRuler[];
  /** Width, height and depth of the box around the product, where they cross nothing as it is seen now. */
  readonly boxRulers: ProductRuler[];
  /** Whether the product goes into a gap, metres; a side of 0 does not matter. */
  fits(width: number, height: number, depth: number): ProductFit | undefined;
  /** CSS pixels a metre where the product is nearest to the eye, where the camera goes. */
  readonly pixelsPerMetre: number;
  /** Shows the product as large as it is on a screen with so many CSS pixels a metre; without, as the page wants it. */
  showTrueSize(pixelsPerMetre?: number): boolean;
  /** Flies to a view, in the terms of `camera-orbit` and the like, and leaves the attributes alone. */
  flyTo(camera: { orbit?: string; target?: string; fieldOfView?: string }): void;

  /**
   * Shows a picture of what is owned behind its outline; it stays on the device. The lens is as the file says, unless it is
   * given.
   */
  showPhoto(picture: Blob | ImageBitmap, lens?: { focal?: number }): Promise<'shown' | 'not-owned' | 'unreadable' | 'refused'>;
  /** The next picture of a film, from the same camera; it is closed when another comes. */
  nextPhoto(bitmap: ImageBitmap): void;
  /** The picture that is shown; null without. */
  readonly photo: ProductPhoto | null;
  /** The picture itself, upright; not to be closed. */
  photoPicture(): ImageBitmap | undefined;
  /** `drag` by CSS pixels right and down; `twist`, `turn` and `tilt` by degrees; `scale` and `lens` by a factor; `reset`. */
  movePhoto(name: 'drag' | 'twist' | 'turn' | 'tilt' | 'scale' | 'lens' | 'reset' | (string & {}), first?: number, second?: number): void;
  setPhoto(name: 'view' | 'fit' | 'brighter' | 'turn' | 'tilt' | 'roll' | 'right' | 'up' | 'distance' | 'focal', value: number | string): void;
  alignPhoto(numbers: number[]): boolean;
  /** Marks one of the product file's points, CSS pixels of the element; without a place its mark goes, all with an empty id. */
  markPhoto(id: string, x?: number, y?: number): void;
  /** Lays the outline as the marks say: how far they are off in the mean, CSS pixels, or what is wrong with which. */
  solvePhoto(): { off: number | null; code: string; points: string[] };
  endPhoto(): void;

  // The members below are there from the first `configuration-change` on.
  readonly configuration: ProductConfiguration | undefined;
  readonly code: string;
  readonly options: ProductGroup[];
  readonly quote: ProductQuote | undefined;
  readonly sheet: ProductSheet | undefined;
  /** By SKU. May be set at any time. */
  offers: Record<string, ProductOffer>;
  /** So many of a currency are one of the file's. May be set at any time. */
  rates: Record<string, number | { rate: number; digits?: number }>;
  option(group: string): ProductGroup | undefined;
  /** What has the same number of a gesture, such as a drag, is one step of the history. */
  select(group: string, choice: ProductAnswer, options?: { gesture?: number }): ProductOutcome;
  /** A picture of the customer's: it stays on the device. */
  select(group: string, choice: Blob): Promise<ProductOutcome>;
  explain(group: string, choice: ProductAnswer): ProductConflict | undefined;
  repair(group: string, choice: ProductAnswer): ProductOutcome;
  guide(answers?: Record<string, string>): {
    suggestions: { of: string; weight: number; avoided: boolean }[];
    best?: { code: string; changes: ProductChange[]; amount: number; amountText: string };
  } | undefined;
  undo(): ProductOutcome;
  redo(): ProductOutcome;
  reset(): ProductOutcome;
  open(code: string): ProductOutcome;
  upgrades(): ProductUpgrade[];
  /** Takes an upgrade of what is owned, beside others that are taken; one that is taken is left out again. */
  upgrade(id: string): ProductOutcome;
  keep(name: string): ProductOutcome;
  recall(name: string): ProductOutcome;
  behave(behaviour: string, value: number): ProductOutcome;
  /**
   * Shows two configurations with one camera, `a` on the left of an upright line and `b` on its right. Codes; without, `a`
   * is what is owned and `b` what is chosen, also when that changes. Null ends it.
   */
  compare(sides: { a?: string; b?: string } | null): ProductOutcome;
  /** Undefined while nothing is compared. */
  readonly comparison: ProductComparison | undefined;
  /** The share of the picture's width, from the left, that shows `a`: 1 is `a` alone, 0 `b`. */
  wipe: number;
  /** While comparing: ghosts of what `b` lacks, and a tint on what is new in it. */
  marks: boolean;
  /** Shows one step, from 0, of how an upgrade of what is owned is fitted; without arguments all is as it was before. */
  step(upgrade?: string, index?: number): ProductOutcome;
  /** The code of what is chosen with another answer, and with all that has to change for it; empty when it cannot be had. */
  codeWith(group: string, choice: ProductAnswer): string;
  /** The choices, `group/choice`, whose names hold all words and that pass the filter. Case and accents do not matter. */
  filter(words: string, filter?: ProductFilter): string[];
  /**
   * Draws what a code would look like; nothing else changes. `later` while pictures of it are on their way, `never` when a
   * model of it was not fetched yet, `more` where slow graphics have drawn a part and the same call draws the next.
   */
  preview(canvas: HTMLCanvasElement, code: string, from?: {
    /** The file's view for this group, where it has one. */
    group?: string;
    /** 0 as first seen, 1 from behind, 2 from above. */
    side?: number;
    /** Left, top, width and height of the part that is drawn, in shares of the whole picture. */
    place?: number[];
  }): 'drawn' | 'more' | 'later' | 'never';
  /** A USDZ of the product as it is shown, for iOS Quick Look. Rejects with `InvalidStateError` while nothing is shown. */
  toUsdz(options?: {
    /** What it is put on; `floor` without it. */
    placement?: 'floor' | 'table' | 'wall' | 'any';
    /** The longest side of a texture, pixels; 2048 without it. */
    maxTextureSize?: number;
  }): Promise<Blob>;
  /** model-viewer's: the address of such a file; revoke it when it is no longer needed. */
  prepareUSDZ(): Promise<string>;
  /**
   * A GLB of the product as it is configured, only with what is seen. Rejects with `InvalidStateError` while nothing is shown.
   * Called as model-viewer's: its other options are taken, and mean what is always so here.
   */
  exportScene(options?: {
    /** The longest side of a texture, pixels; 2048 without it. */
    maxTextureSize?: number;
    /** The models' animations come along. */
    animations?: boolean;
    binary?: true;
    onlyVisible?: true;
    trs?: boolean;
    includeCustomExtensions?: boolean;
    forceIndices?: boolean;
  }): Promise<Blob>;
  /** Shows a file that has no address: a GLB with all in itself. It takes the place of `src`. */
  showFile(file: Blob): void;
  /** What of this configuration can be printed; without a product all that is shown, as one. */
  printable(): PrintPart[];
  /** Whether parts print, and how: one report for each. Rejects with a `PrintError`, or `AbortError`. */
  printReport(request?: PrintRequest): Promise<PrintReport[]>;
  /** A part on the printer's bed, to be looked at before it is printed; of several parts the first. Rejects as `printReport` does. */
  seePrint(request?: PrintRequest): Promise<SeenPrint>;
  /**
   * A file with a telling name: for a printer (`3mf`, `stl`), or of the parts as they are configured (`glb`), or a picture.
   * Rejects with a `PrintError`, such as `licence-required` for what is sold apart without its token, or `AbortError`.
   */
  exportPrint(request: PrintRequest & {
    format: '3mf' | 'stl' | 'glb' | 'png';
    /** `picture`: each triangle has the colour that its picture has there; else that of its material. */
    colors?: 'material' | 'picture';
  }): Promise<File>;
  /**
   * Whether the last preview stands, and slow graphics have nothing better to do than the next: reading its pixels, or
   * asking for another, before makes the page wait for them.
   */
  readonly previewStands: boolean;
  /** Where pictures of one size (RGBA, one behind the other) differ: a square around it and the largest disc in it, in shares. */
  differing(pictures: Uint8Array, width: number, height: number): { place: number[]; disc: number[]; share: number } | undefined;
  /** What an action of the product file, by its place in `sheet.actions`, asks the shop for. */
  order(action?: number): ProductOrder | undefined;
  /** What an action that sells the product asks for where upgrades alone lead from what is owned to what is chosen: these. */
  upgradeOrder(action?: number): ProductOrder | undefined;
  /** One more of what is used up, by its id in `sheet.consumables`. */
  refill(id: string): ProductOrder | undefined;
  /** The customer's own pictures that are in what is chosen, by name. */
  pictures(): Map<string, Blob>;
  /** The names of all the customer's own pictures that what is chosen, owned or a step away needs, whether they are there or not. */
  readonly pictureNames: string[];
  /** Gives pictures back that `pictures()` gave, before what needs them is opened. */
  restore(pictures: Map<string, Blob>): Promise<void>;
  /** Keeps a picture on the page, upright and without what its camera wrote into it; gives the name that layers have. */
  remember(picture: Blob): Promise<string>;
  /** The surface of a group of pictures or texts. */
  surface(group: string): ProductSurface | undefined;
  /** What a group has on its surface, the lowest first, and what may go wrong. */
  artwork(group: string): { layers: (ProductLayer & ProductPlaced)[]; hints: ProductHint[] } | undefined;
  /** Puts layers on a surface. What has the same number of a gesture, such as a drag, is one step of the history. */
  setArtwork(group: string, layers: ProductLayer[], options?: { gesture?: number }): ProductOutcome;
  /** How a layer lies that a hand puts somewhere. */
  arranged(group: string, layer: ProductLayer, hand: ProductHand): { x: number; y: number; scale: number; rotation: number } | undefined;
  /** Shows the edge and the safe zone of a group's surface on the product; without a group none. */
  markSurface(group?: string): void;
  /** Draws all that is on a group's surface onto a canvas as wide as the surface. */
  drawSurface(group: string, canvas: HTMLCanvasElement): Promise<boolean>;
  /** All that is on a group's surface, from the pictures as they are kept: a PNG that says how large it is, with its bleed. */
  printFile(group: string): Promise<File>;
  /** Fonts that come with the element, for words. */
  readonly fonts: string[];
  /** Makes a font ready; its families as CSS has them. */
  loadFont(font: string, text?: string): Promise<string>;
  /** Minor units of the shown currency, written. */
  money(amount: number, options?: { sign?: boolean }): string;

  addEventListener<K extends keyof AnprobeViewerEventMap>(
    type: K,
    listener: (this: AnprobeViewer, event: AnprobeViewerEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof AnprobeViewerEventMap>(
    type: K,
    listener: (this: AnprobeViewer, event: AnprobeViewerEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

/**
 * All that a customer touches beside the product: `<anprobe-panel for="id of a viewer">`, of `anprobe_panel.js`. With the
 * attribute `panel` a viewer has one in its own box.
 *
 * Slot: `head` takes the place of the product's name and description.
 *
 * Custom properties: `--anprobe-accent`, `--anprobe-ground`, `--anprobe-ink`, `--anprobe-soft`, `--anprobe-line`,
 * `--anprobe-radius`.
 *
 * Parts: `panel`, `head`, `name`, `description`, `history`, `undo`, `redo`, `reset`, `tabs`, `tab`, `scroll`, `guide`,
 * `group`, `group-name`, `group-value`, `choices`, `swatches`, `tiles`, `chips`, `choice`, `chosen`, `own-colour`,
 * `picture`, `about`, `rating`, `slider`, `text`, `drop`, `conflict`, `repair`, `filter`, `search`, `behaviours`,
 * `behaviour`, `facts`, `section`, `bar`, `total`, `total-delta`, `price-note`, `lines`, `acts`, `button`, `sheet-less`,
 * `sheet-more`, `dialog`, `dialog-close`, `toast`, `notice`, `notice-line`, `again`.
 */
export interface AnprobePanel extends HTMLElement {
  /** The viewer that it belongs to: of the attribute `for`, else the one around it. */
  readonly viewer: AnprobeViewer;
  /** Whether there is no more room than on a phone. */
  readonly narrow: boolean;
  /** Opens the group or section of this id and brings it into view. */
  reveal(id: string): void;
  /** What the customer has saved on this device, and what they own, of all products; `product` is the address of the product file. */
  designs(): Promise<{ id: string; kind: 'design' | 'owned' | 'ordered'; name: string; product: string; productName: string; code: string; owned?: string; isPresent?: boolean }[]>;
  /** Brings the customer's own pictures back that saved designs with these codes need, before they are compared. */
  bring(...codes: string[]): Promise<void>;
  /** Says something to those who hear the page. */
  live(text: string): void;
  /** A line that tells what happened, with one way back. */
  toast(text: string, options?: { act?: { text: string; run: () => unknown } }): void;
  /** A modal dialog; on a phone it comes from below. */
  dialog(options: { title: string; content: Node; wide?: boolean; onclose?: () => void }): { element: HTMLDialogElement; close(): void };
}

/** What `<anprobe-viewer>` takes in markup; `anprobe.react.d.ts` gives it to React's TSX. True is an empty attribute. */
export interface AnprobeAttributes {
  src?: string;
  product?: string;
  config?: string;
  owned?: string;
  currency?: string;
  /** The customer's panel, in the viewer's own box. */
  panel?: boolean;
  alt?: string;
  poster?: string;
  reveal?: 'auto' | 'manual';
  loading?: 'auto' | 'lazy' | 'eager';
  'with-credentials'?: boolean;
  backend?: 'auto' | 'webgpu' | 'webgl';
  camera?: string;
  'camera-controls'?: boolean;
  'camera-orbit'?: string;
  'camera-target'?: string;
  'field-of-view'?: string;
  'min-camera-orbit'?: string;
  'max-camera-orbit'?: string;
  'min-field-of-view'?: string;
  'max-field-of-view'?: string;
  'interpolation-decay'?: number | string;
  'orbit-sensitivity'?: number | string;
  'zoom-sensitivity'?: number | string;
  'pan-sensitivity'?: number | string;
  'touch-action'?: 'none' | 'pan-x' | 'pan-y';
  'disable-zoom'?: boolean;
  'disable-pan'?: boolean;
  'disable-tap'?: boolean;
  'interaction-prompt'?: 'auto' | 'none';
  'interaction-prompt-threshold'?: number | string;
  'auto-rotate'?: boolean;
  ar?: boolean;
  'ar-modes'?: string;
  'ar-scale'?: 'auto' | 'fixed';
  'ar-placement'?: 'floor' | 'wall' | 'table';
  'xr-environment'?: boolean;
  'auto-rotate-delay'?: number | string;
  'rotation-per-second'?: string;
  'environment-image'?: string;
  'skybox-image'?: string;
  'skybox-height'?: string;
  exposure?: number | string;
  'tone-mapping'?: 'auto' | 'neutral' | 'aces' | 'agx' | 'reinhard' | 'linear';
  'shadow-intensity'?: number | string;
  'shadow-softness'?: number | string;
  autoplay?: boolean;
  'animation-name'?: string;
  'animation-crossfade-duration'?: number | string;
  'variant-name'?: string;
  orientation?: string;
  scale?: string;
  'generate-schema'?: boolean;
  'ios-src'?: string;
  'ar-usdz-max-texture-size'?: number | string;
  'scene-viewer-src'?: string;
}

/** What `<anprobe-panel>` takes in markup. */
export interface AnprobePanelAttributes {
  /** The id of its viewer. */
  for?: string;
}

declare global {
  interface HTMLElementTagNameMap {
    'anprobe-viewer': AnprobeViewer;
    'anprobe-panel': AnprobePanel;
  }
}
