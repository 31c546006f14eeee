/**
 * Working time: which hours of a week somebody is at work, and how fast they are played.
 *
 * Hours are counted from Monday 00:00 of the played week, negative before it.
 */

const DAY = 24;
const WEEK = 168;
const LONGEST_PAUSE = 0.6;
const PAUSE_PER_HOUR = 0.15;

/** The hours in which anybody is open, repeated week by week. */
export class Calendar {
  /** @param {number[][][]} days - of every weekday the intervals that are open, in hours of the day */
  constructor(days) {
    this.days = days;
    this.open = joined(days.flatMap((shifts, day) => shifts.map(([from, to]) => [day * DAY + from, day * DAY + to])));
    this.weekly = this.open.reduce((sum, [from, to]) => sum + to - from, 0);
  }

  /** Open hours from Monday 00:00 of the played week until a moment. */
  worked(hour) {
    const weeks = Math.floor(hour / WEEK);
    const rest = hour - weeks * WEEK;
    let found = weeks * this.weekly;
    for (const [from, to] of this.open) {
      if (rest <= from) break;
      found += Math.min(rest, to) - from;
    }
    return found;
  }

  /** Whether anybody is at work. */
  isOpen(hour) {
    const rest = ((hour % WEEK) + WEEK) % WEEK;
    return this.open.some(([from, to]) => rest >= from && rest < to);
  }

  /** The weekdays on which anybody is at work. */
  openDays() {
    return this.days.map((_, day) => day).filter((day) => this.days[day].length);
  }

  /** From when to when somebody is at work on a day, in hours of the week. */
  span(day) {
    const shifts = this.days[day];
    const [first, last] = [shifts[0][0], shifts[shifts.length - 1][1]];
    return [day * DAY + first, day * DAY + last];
  }

  /** Where a week is shown first when it does not play: on its second open day, an hour before noon. */
  typicalHour() {
    const days = this.openDays();
    const day = days[1] ?? days[0] ?? 1;
    const eleven = day * DAY + 11;
    if (this.isOpen(eleven) || !days.length) return eleven;
    const [from, to] = this.span(day);
    return Math.min(from + 3, (from + to) / 2);
  }
}

function joined(intervals) {
  const found = [];
  for (const [from, to] of intervals) {
    const last = found[found.length - 1];
    if (last && last[1] >= from) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

/** How a week is played: an open hour lasts a second, a night little more than half of one. */
export class Pace {
  /** @param {Calendar} calendar */
  constructor(calendar) {
    this.pieces = [];
    let [hour, second] = [0, 0];
    const add = (until, seconds) => {
      if (until > hour) this.pieces.push({ hour, until, second, end: second + seconds });
      [hour, second] = [until, second + seconds];
    };
    for (const [from, to] of calendar.open) {
      if (from > hour) add(from, pause(from - hour));
      add(to, to - from);
    }
    if (hour < WEEK) add(WEEK, pause(WEEK - hour));
    this.seconds = second;
  }

  /** The second of playing at which an hour is reached; negative before the week. */
  second(hour) {
    if (hour <= 0) return hour * 0.04;
    const piece = this.pieces.find(({ until }) => hour <= until) ?? this.pieces[this.pieces.length - 1];
    return piece.second + ((hour - piece.hour) / (piece.until - piece.hour)) * (piece.end - piece.second);
  }

  /** The hour that is reached at a second of playing. */
  hour(second) {
    const piece = this.pieces.find(({ end }) => second <= end) ?? this.pieces[this.pieces.length - 1];
    const share = Math.min(1, (second - piece.second) / (piece.end - piece.second || 1));
    return piece.hour + share * (piece.until - piece.hour);
  }
}

function pause(hours) {
  return Math.min(LONGEST_PAUSE, PAUSE_PER_HOUR * hours);
}
