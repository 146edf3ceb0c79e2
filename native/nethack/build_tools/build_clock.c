/* The time at which the game's tools believe to be built: that of the sources' release. The game shows it. */

#include <stddef.h>
#include <time.h>

/* 2024-11-06 00:00:00 UTC. */
enum { kReleaseTime = 1730851200 };

/* This file, too, is compiled with `time` renamed. */
time_t time(time_t *out) {
  if (out != NULL) *out = kReleaseTime;
  return kReleaseTime;
}
