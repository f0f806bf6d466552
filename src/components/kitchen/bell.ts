export type Loudness = 'silent' | 'normal' | 'loud';

type Ring = {
  everyMs: number;
  shape: OscillatorType;
  gain: number;
  notes: readonly { hertz: number; at: number }[];
};

/** A chime at first; then what is heard over an extractor hood. */
const RINGS: Readonly<Record<Exclude<Loudness, 'silent'>, Ring>> = {
  normal: {
    ...{ everyMs: 2_600, shape: 'triangle', gain: 0.35 },
    notes: [
      { hertz: 880, at: 0 },
      { hertz: 1_175, at: 0.18 },
    ],
  },
  loud: {
    ...{ everyMs: 1_400, shape: 'square', gain: 0.6 },
    notes: [
      { hertz: 988, at: 0 },
      { hertz: 1_319, at: 0.12 },
      { hertz: 988, at: 0.24 },
      { hertz: 1_319, at: 0.36 },
    ],
  },
};

export const ringEveryMs = (loudness: Exclude<Loudness, 'silent'>): number =>
  RINGS[loudness].everyMs;

export function ring(audio: AudioContext, loudness: Exclude<Loudness, 'silent'>): void {
  const { shape, gain, notes } = RINGS[loudness];
  for (const { hertz, at } of notes) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + at;
    tone.frequency.value = hertz;
    tone.type = shape;
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(gain, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.4);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.42);
  }
}
