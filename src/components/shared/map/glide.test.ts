import { describe, expect, it } from 'vitest';
import { Glide } from './glide';

const here = { lat: 37.9, lng: -29.6 };
const there = { lat: 37.901, lng: -29.6 };

describe('Glide', () => {
  it('is half-way after half the time between fixes', () => {
    const glide = new Glide(here, 0, 0);
    glide.aim(there, 0, 2000, true);
    expect(glide.at(2000).point).toEqual(here);
    expect(glide.at(2000 + 1080).point.lat).toBeCloseTo(37.9005, 6);
    expect(glide.at(9000)).toMatchObject({ point: there, moving: false });
  });

  it('starts the next leg from where it is drawn', () => {
    const glide = new Glide(here, 0, 0);
    glide.aim(there, 0, 2000, true);
    const halfway = glide.at(3000).point;
    glide.aim(here, 180, 3000, true);
    expect(glide.at(3000).point).toEqual(halfway);
  });

  it('turns the short way round', () => {
    const glide = new Glide(here, 350, 0);
    glide.aim(there, 10, 1000, true);
    expect(glide.at(1000 + 180).heading).toBeCloseTo(360, 0);
  });

  it('is there at once for a jump, and when motion is not wanted', () => {
    const glide = new Glide(here, 0, 0);
    glide.aim({ lat: 37.95, lng: -29.6 }, 0, 2000, true);
    expect(glide.at(2000).moving).toBe(false);
    glide.aim(here, 0, 4000, false);
    expect(glide.at(4000)).toMatchObject({ point: here, moving: false });
  });
});
