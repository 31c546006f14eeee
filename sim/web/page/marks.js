/** What requests look like: hue and shape say of which kind they are. */

/** Shapes around the middle of a dot. */
export const SHAPES = {
  circle: "M-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z",
  small: "M-2.8 0a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0z",
  triangle: "M0-4.2L3.9 2.8H-3.9z",
  square: "M-3-3H3V3H-3z",
  diamond: "M0-5L5 0L0 5L-5 0z",
};

/** Shape and color of every kind of request that is drawn; quarrels and notices have no dot. */
const LOOKS = {
  work: { shape: "circle", color: "touch" },
  follow_up: { shape: "circle", color: "touch" },
  consult: { shape: "small", color: "answer" },
  approve: { shape: "small", color: "answer" },
  triage: { shape: "triangle", color: "ping_pong" },
  rework: { shape: "square", color: "rework" },
};

/** How a kind of request is drawn; undefined for one that is not. */
export const look = (kind) => LOOKS[kind];

/** Yellow has too little contrast on paper to stand without an edge. */
export const edge = (name) => (name === "answer" ? "answer-edge" : name);
