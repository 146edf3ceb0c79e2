// The game's view of the process it runs in: a fixed clock, an empty environment, no terminal, no other programs.

#include <errno.h>
#include <pwd.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "nethack/game/libc_edge.h"
#include "nethack/game/session.h"

namespace metamem::nethack {
namespace {

constexpr int64_t kSecondsPerDay = 24 * 60 * 60;
// What the game writes into its files as its process; it only ever compares it with itself.
constexpr int kProcessId = 1;

int64_t FlooredQuotient(int64_t value, int64_t divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

// Days since 1970-01-01 of the given day in the proleptic Gregorian calendar; `month` is 0 to 11.
int64_t DaysSinceEpoch(int64_t year, int month, int day) {
  // Counted in years that begin in March, so that leap days come last.
  const int64_t shifted_year = month < 2 ? year - 1 : year;
  const int64_t era = FlooredQuotient(shifted_year, 400);
  const int64_t year_of_era = shifted_year - era * 400;
  const int64_t day_of_year = (153 * ((month + 10) % 12) + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

void BreakDown(int64_t unix_seconds, struct tm* out) {
  const int64_t local = unix_seconds + g_setup.utc_offset_seconds;
  const int64_t days = FlooredQuotient(local, kSecondsPerDay);
  const int seconds = static_cast<int>(local - days * kSecondsPerDay);
  const int64_t from_march_0000 = days + 719468;
  const int64_t era = FlooredQuotient(from_march_0000, 146097);
  const int64_t day_of_era = from_march_0000 - era * 146097;
  const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int march_month = static_cast<int>((5 * day_of_year + 2) / 153);
  const int month = (march_month + 2) % 12;
  const int64_t year = year_of_era + era * 400 + (month < 2 ? 1 : 0);
  memset(out, 0, sizeof *out);
  out->tm_sec = seconds % 60;
  out->tm_min = seconds / 60 % 60;
  out->tm_hour = seconds / 3600;
  out->tm_mday = static_cast<int>(day_of_year - (153 * march_month + 2) / 5 + 1);
  out->tm_mon = month;
  out->tm_year = static_cast<int>(year - 1900);
  out->tm_wday = static_cast<int>(((days + 4) % 7 + 7) % 7);
  out->tm_yday = static_cast<int>(days - DaysSinceEpoch(year, 0, 1));
}

}  // namespace

extern "C" {

// Clock.

time_t EdgeTime(time_t* out) METAMEM_LIBC("time");
struct tm* EdgeLocaltime(const time_t* seconds) METAMEM_LIBC("localtime");
time_t EdgeMktime(struct tm* broken_down) METAMEM_LIBC("mktime");
unsigned EdgeSleep(unsigned) METAMEM_LIBC("sleep");

time_t EdgeTime(time_t* out) {
  const time_t now = static_cast<time_t>(g_setup.clock_unix_seconds);
  if (out != nullptr) *out = now;
  return now;
}

struct tm* EdgeLocaltime(const time_t* seconds) {
  static struct tm broken_down;
  BreakDown(*seconds, &broken_down);
  return &broken_down;
}

time_t EdgeMktime(struct tm* given) {
  const int64_t days = DaysSinceEpoch(given->tm_year + 1900LL, given->tm_mon, given->tm_mday);
  return static_cast<time_t>(days * kSecondsPerDay + given->tm_hour * 3600 + given->tm_min * 60 + given->tm_sec -
                             g_setup.utc_offset_seconds);
}

unsigned EdgeSleep(unsigned) { return 0; }

// Ends.

[[noreturn]] void EdgeExit(int status) METAMEM_LIBC("exit");
[[noreturn]] void EdgeImmediateExit(int status) METAMEM_LIBC("_exit");
[[noreturn]] void EdgeAbort() METAMEM_LIBC("abort");
[[noreturn]] void EdgeAssertFail(const char* claim, const char*, unsigned, const char*) METAMEM_LIBC("__assert_fail");

void EdgeExit(int status) { EndGame(status == 0 ? kEndedNormally : kEndedWithError, status); }
void EdgeImmediateExit(int status) { EdgeExit(status); }
void EdgeAbort() { EndGame(kEndedByAbort, 1); }
void EdgeAssertFail(const char* claim, const char*, unsigned, const char*) {
  RecordFault(claim, strlen(claim));
  EdgeAbort();
}

// Who and where.

int EdgeGetpid() METAMEM_LIBC("getpid");
unsigned EdgeGetuid() METAMEM_LIBC("getuid");
unsigned EdgeGetgid() METAMEM_LIBC("getgid");
char* EdgeGetenv(const char*) METAMEM_LIBC("getenv");
char* EdgeGetlogin() METAMEM_LIBC("getlogin");
void* EdgeGetpwnam(const char*) METAMEM_LIBC("getpwnam");
struct passwd* EdgeGetpwuid(unsigned) METAMEM_LIBC("getpwuid");
char* EdgeGetcwd(char*, size_t) METAMEM_LIBC("getcwd");

int EdgeGetpid() { return kProcessId; }
unsigned EdgeGetuid() { return 0; }
unsigned EdgeGetgid() { return 0; }
char* EdgeGetenv(const char*) { return nullptr; }
char* EdgeGetlogin() { return nullptr; }
void* EdgeGetpwnam(const char*) { return nullptr; }
// Debug mode is for users that exist.
struct passwd* EdgeGetpwuid(unsigned) {
  static char name[] = "player";
  static struct passwd player;
  player.pw_name = name;
  return &player;
}
char* EdgeGetcwd(char*, size_t) {
  errno = EACCES;
  return nullptr;
}

// Signals, terminals and other programs: none.

int EdgeRefused() METAMEM_LIBC("fork");
int EdgeRefused() {
  errno = ENOSYS;
  return -1;
}

int EdgeSigaction(int, const void*, void*) METAMEM_LIBC("sigaction");
void* EdgeSignal(int, void*) METAMEM_LIBC("signal");
int EdgeIsatty(int) METAMEM_LIBC("isatty");
int EdgeIoctl(int, unsigned long, ...) METAMEM_LIBC("ioctl");
int EdgeTcgetattr(int, void*) METAMEM_LIBC("tcgetattr");
int EdgeTcsetattr(int, int, const void*) METAMEM_LIBC("tcsetattr");
void* EdgePopen(const char*, const char*) METAMEM_LIBC("popen");
int EdgePclose(void*) METAMEM_LIBC("pclose");
int EdgeSystem(const char*) METAMEM_LIBC("system");
int EdgeKill(int, int) METAMEM_LIBC("kill");
int EdgeBacktrace(void**, int) METAMEM_LIBC("backtrace");
char** EdgeBacktraceSymbols(void* const*, int) METAMEM_LIBC("backtrace_symbols");

int EdgeSigaction(int, const void*, void*) { return 0; }
void* EdgeSignal(int, void*) { return nullptr; }
int EdgeIsatty(int) { return 0; }
int EdgeIoctl(int, unsigned long, ...) { return EdgeRefused(); }
int EdgeTcgetattr(int, void*) { return EdgeRefused(); }
int EdgeTcsetattr(int, int, const void*) { return EdgeRefused(); }
void* EdgePopen(const char*, const char*) { return nullptr; }
int EdgePclose(void*) { return EdgeRefused(); }
int EdgeSystem(const char*) { return EdgeRefused(); }
int EdgeKill(int, int) { return EdgeRefused(); }
int EdgeBacktrace(void**, int) { return 0; }
char** EdgeBacktraceSymbols(void* const*, int) { return nullptr; }

}  // extern "C"

}  // namespace metamem::nethack
