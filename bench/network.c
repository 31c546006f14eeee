/* The open network of the benchmark as one would write it in C: a binary heap of events on (time, number), linked
   first-come-first-served queues through the rows of the cases, a row per case in use, and nothing else. It keeps only
   the sums that mean numbers need. Random numbers are xoshiro256+ (Blackman & Vigna 2018), seeded by splitmix64.

   Each department goes on to `fan` others: those 1, 2, ... fan places further on, round the circle. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

typedef int64_t whole;

typedef struct {
    whole departments, people, fan;
    double arrivals, goes_on, warmup, hours;
    uint64_t seed;
} Network;

typedef struct {
    whole events, completions, waits, finished;
    double in_system, waited, sojourn;
} Totals;

typedef struct {
    double time;
    whole number, what; /* what: a case in service, or ~department for an arrival */
} Event;

typedef struct {
    double arrived, queued;
    whole at, next;
} Case;

typedef struct {
    whole busy, first, last;
} Department;

typedef struct {
    const Network *network;
    Totals *totals;
    Event *events;
    Case *cases;
    Department *departments;
    whole planned, number, room, unused;
    uint64_t luck[4];
} World;

static inline uint64_t splitmix(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline uint64_t rotated(uint64_t x, int places)
{
    return (x << places) | (x >> (64 - places));
}

static inline double uniform(World *w)
{
    uint64_t *s = w->luck, sum = s[0] + s[3], t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotated(s[3], 45);
    return ((double)(sum >> 11) + 0.5) * 0x1p-53;
}

static inline double exponential(World *w)
{
    return -log(uniform(w));
}

static inline int earlier(const Event *a, const Event *b)
{
    return a->time < b->time || (a->time == b->time && a->number < b->number);
}

static inline void plan(World *w, double time, whole what)
{
    Event e = {time, w->number++, what};
    whole i = w->planned++;
    while (i > 0) {
        whole above = (i - 1) / 2;
        if (earlier(&w->events[above], &e))
            break;
        w->events[i] = w->events[above];
        i = above;
    }
    w->events[i] = e;
}

static inline void sink(World *w, Event e)
{
    whole i = 0, n = w->planned;
    for (;;) {
        whole below = 2 * i + 1;
        if (below >= n)
            break;
        if (below + 1 < n && earlier(&w->events[below + 1], &w->events[below]))
            below++;
        if (earlier(&e, &w->events[below]))
            break;
        w->events[i] = w->events[below];
        i = below;
    }
    w->events[i] = e;
}

/* The event at the top gives way to a new one: one pass instead of two. */
static inline void replace(World *w, double time, whole what)
{
    Event e = {time, w->number++, what};
    sink(w, e);
}

static inline void drop(World *w)
{
    Event last = w->events[--w->planned];
    if (w->planned > 0)
        sink(w, last);
}

static int more_cases(World *w)
{
    whole room = w->room ? 2 * w->room : 1024;
    Case *cases = realloc(w->cases, room * sizeof *cases);
    if (!cases)
        return 0;
    for (whole c = w->room; c < room; c++)
        cases[c].next = c + 1 < room ? c + 1 : -1;
    w->unused = w->room;
    w->cases = cases;
    w->room = room;
    return 1;
}

static inline void note_wait(World *w, whole c, double time)
{
    if (time > w->network->warmup) {
        w->totals->waited += time - w->cases[c].queued;
        w->totals->waits++;
    }
}

static inline void enter(World *w, whole c, whole d, double time)
{
    Department *department = &w->departments[d];
    w->cases[c].at = d;
    w->cases[c].queued = time;
    if (department->busy < w->network->people) {
        department->busy++;
        note_wait(w, c, time);
        plan(w, time + exponential(w), c);
        return;
    }
    w->cases[c].next = -1;
    if (department->first < 0)
        department->first = c;
    else
        w->cases[department->last].next = c;
    department->last = c;
}

static inline void leave(World *w, whole c, double time)
{
    double warmup = w->network->warmup;
    w->totals->in_system -= w->network->hours - (time > warmup ? time : warmup);
    if (time > warmup) {
        w->totals->sojourn += time - w->cases[c].arrived;
        w->totals->finished++;
    }
    w->cases[c].next = w->unused;
    w->unused = c;
}

static inline int arrive(World *w, whole d, double time)
{
    double warmup = w->network->warmup;
    if (w->unused < 0 && !more_cases(w))
        return 0;
    whole c = w->unused;
    w->unused = w->cases[c].next;
    w->cases[c].arrived = time;
    w->totals->in_system += w->network->hours - (time > warmup ? time : warmup);
    replace(w, time + exponential(w) / w->network->arrivals, ~d);
    enter(w, c, d, time);
    return 1;
}

static inline void complete(World *w, whole c, double time)
{
    const Network *network = w->network;
    whole here = w->cases[c].at;
    Department *department = &w->departments[here];
    whole next = department->first;
    w->totals->completions++;
    if (next >= 0) {
        department->first = w->cases[next].next;
        note_wait(w, next, time);
        replace(w, time + exponential(w), next);
    } else {
        drop(w);
        department->busy--;
    }
    double u = uniform(w);
    if (u >= network->goes_on)
        leave(w, c, time);
    else
        enter(w, c, (here + 1 + (whole)(u / network->goes_on * network->fan)) % network->departments, time);
}

static int begin(World *w)
{
    const Network *network = w->network;
    whole n = network->departments;
    uint64_t seed = network->seed;
    for (int k = 0; k < 4; k++)
        w->luck[k] = splitmix(&seed);
    w->events = malloc((n * (network->people + 1) + 1) * sizeof *w->events);
    w->departments = malloc(n * sizeof *w->departments);
    if (!w->events || !w->departments || !more_cases(w))
        return 0;
    for (whole d = 0; d < n; d++) {
        w->departments[d] = (Department){0, -1, -1};
        plan(w, exponential(w) / network->arrivals, ~d);
    }
    return 1;
}

/* Run the network from empty; return 1, or 0 where there is too little memory. */
int run(const Network *network, Totals *totals)
{
    World world = {.network = network, .totals = totals};
    *totals = (Totals){0};
    int well = begin(&world);
    while (well && world.events[0].time <= network->hours) {
        Event top = world.events[0];
        totals->events++;
        if (top.what < 0)
            well = arrive(&world, ~top.what, top.time);
        else
            complete(&world, top.what, top.time);
    }
    free(world.events);
    free(world.cases);
    free(world.departments);
    return well;
}
