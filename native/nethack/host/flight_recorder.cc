#include "nethack/host/flight_recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <mutex>

namespace metamem::nethack {
namespace {

constexpr uint32_t kDefaultSlots = 1024;

}  // namespace

// Memory of all records; a record keeps its ring alive.
struct FlightRecorder::Ring {
  FlightRecord* records;
  uint32_t slots;

  ~Ring() { munmap(records, slots * sizeof(FlightRecord)); }

  // Null with errno set on failure. `descriptor` is -1 for plain memory.
  static std::shared_ptr<Ring> Map(int descriptor, uint32_t slots) {
    const int flags = descriptor < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED;
    void* memory = mmap(nullptr, slots * sizeof(FlightRecord), PROT_READ | PROT_WRITE, flags, descriptor, 0);
    if (memory == MAP_FAILED) return nullptr;
    return std::shared_ptr<Ring>(new Ring{static_cast<FlightRecord*>(memory), slots});
  }
};

struct FlightRecorder::State {
  std::mutex mutex;
  std::shared_ptr<Ring> ring;
  uint64_t games = 0;
};

FlightRecorder::FlightRecorder() : state_(new State) { state_->ring = Ring::Map(-1, kDefaultSlots); }

FlightRecorder& FlightRecorder::Instance() {
  // Never destroyed: games may outlive static objects.
  static FlightRecorder& recorder = *new FlightRecorder;
  return recorder;
}

std::string FlightRecorder::UseFile(const std::string& path, uint32_t slots) {
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  std::shared_ptr<Ring> ring;
  if (descriptor >= 0 && slots > 0 && ftruncate(descriptor, static_cast<off_t>(slots * sizeof(FlightRecord))) == 0) {
    ring = Ring::Map(descriptor, slots);
  }
  const int reason = errno;
  if (descriptor >= 0) close(descriptor);
  if (ring == nullptr) return path + ": " + (slots == 0 ? "no slots" : strerror(reason));
  std::lock_guard<std::mutex> lock(state_->mutex);
  state_->ring = std::move(ring);
  return "";
}

std::shared_ptr<FlightRecord> FlightRecorder::Take() {
  std::lock_guard<std::mutex> lock(state_->mutex);
  const std::shared_ptr<Ring>& ring = state_->ring;
  if (ring == nullptr) return std::make_shared<FlightRecord>();
  const uint64_t game = state_->games++;
  FlightRecord* record = &ring->records[game % ring->slots];
  *record = FlightRecord{};
  record->magic = kFlightRecordMagic;
  record->game = game;
  record->process = static_cast<uint32_t>(getpid());
  return std::shared_ptr<FlightRecord>(ring, record);
}

}  // namespace metamem::nethack
