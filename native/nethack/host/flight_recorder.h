// A ring of small records, one per game, each written before the game runs: should the process die inside a game, its
// last record tells which game it was, and with which keys it can be played again.
//
// By default the ring is ordinary memory. A supervisor that wants to read it after a crash names a file.

#ifndef METAMEM_NETHACK_HOST_FLIGHT_RECORDER_H_
#define METAMEM_NETHACK_HOST_FLIGHT_RECORDER_H_

#include <stdint.h>

#include <memory>
#include <string>

namespace metamem::nethack {

inline constexpr uint32_t kFlightRecordMagic = 0x4d4d4e48;  // "HNMM"
inline constexpr int kFlightRecordKeys = 128;

enum FlightState : uint32_t {
  kFlightIdle = 0,
  kFlightStarting = 1,
  kFlightInStep = 2,
};

// One record as it lies in the file; little endian. Key number n (from 0) lies at n modulo the length of `keys`.
struct FlightRecord {
  uint32_t magic;
  FlightState state;
  uint64_t game;  // counted over the process
  uint64_t core_seed;
  uint64_t display_seed;
  int64_t clock_unix_seconds;
  int64_t turn;
  uint64_t key_count;  // keys sent since the game started, the one in progress included
  uint32_t process;
  uint32_t wanted;  // observation keys: they are part of the game
  uint8_t keys[kFlightRecordKeys];
};
static_assert(sizeof(FlightRecord) == 192);

class FlightRecorder {
 public:
  // The process's ring. Records in use stay valid when the ring moves to a file: they keep their old place.
  static FlightRecorder& Instance();

  // From now on new games get their records in the file `path`, made anew for `slots` of them. An empty text, or what
  // went wrong.
  std::string UseFile(const std::string& path, uint32_t slots);

  // The record of the next game. With more live games than slots, games share them.
  std::shared_ptr<FlightRecord> Take();

 private:
  struct Ring;
  struct State;
  FlightRecorder();

  std::unique_ptr<State> state_;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_FLIGHT_RECORDER_H_
