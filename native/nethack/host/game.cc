#include "nethack/host/game.h"

namespace metamem::nethack {

std::string NethackOptions(const std::string& character, bool autopickup) {
  std::string options = autopickup ? "autopickup" : "!autopickup";
  options +=
      ",color,disclose:+i +a +v +g +c +o,mention_walls,nobones,nocmdassist,nolegacy,nosparkle,"
      "pickup_burden:unencumbered,pickup_types:$?!/,runmode:teleport,showexp,showscore,time,name:Agent-" +
      character;
  if (character == "@") options += ",race:random,gender:random,align:random";
  return options;
}

Game::Game(std::shared_ptr<const GameLibrary> library, GameOptions options, uint8_t* block)
    : library_(std::move(library)), options_(std::move(options)), block_(block) {}

std::unique_ptr<Game> Game::Open(std::shared_ptr<const GameLibrary> library, GameOptions options, uint8_t* block,
                                 GameError* error) {
  std::string problem;
  std::unique_ptr<Game> game(new Game(std::move(library), std::move(options), block));
  game->image_ = game->library_->NewImage(&problem);
  if (game->image_ != nullptr) game->memory_ = GameMemory::Reserve(&problem);
  if (game->memory_ == nullptr) {
    *error = Error(ErrorCode::kMemory, "no memory for another NetHack game: " + problem);
    return nullptr;
  }
  game->record_ = FlightRecorder::Instance().Take();
  return game;
}

GameError Game::Reset(const GameSeeds& seeds) {
  if (state_ == State::kClosed) return Error(ErrorCode::kClosed, "reset of a closed NetHack game");
  memory_->Recycle(arena_used());
  std::string problem;
  state_ = State::kFailed;
  api_ = static_cast<const GameApi*>(image_->Restore(&problem));
  if (api_ == nullptr) return Error(ErrorCode::kMemory, "the NetHack library cannot be loaded: " + problem);
  if (api_->abi_version != kAbiVersion) {
    api_ = nullptr;
    return Error(ErrorCode::kLibrary, "the NetHack library was built for another version of this program");
  }
  GameSetup setup = {};
  data_file_ = next_data_file_;
  setup.data_file = data_file_ != nullptr ? data_file_->data() : library_->data_file().data();
  setup.data_file_bytes = data_file_ != nullptr ? data_file_->size() : library_->data_file().bytes();
  setup.arena = memory_->arena();
  setup.arena_bytes = memory_->arena_bytes();
  setup.stack = memory_->stack();
  setup.stack_bytes = memory_->stack_bytes();
  setup.options = options_.options.c_str();
  setup.wizkit = options_.wizkit.c_str();
  setup.core_seed = seeds.core;
  setup.display_seed = seeds.display;
  setup.reseed = seeds.reseed;
  setup.spawn_monsters = options_.spawn_monsters;
  setup.clock_unix_seconds = options_.clock_unix_seconds;
  setup.utc_offset_seconds = options_.utc_offset_seconds;
  setup.wanted = options_.wanted;
  setup.plays_described = options_.plays_described;
  setup.block = block_;

  record_->core_seed = seeds.core;
  record_->display_seed = seeds.display;
  record_->clock_unix_seconds = options_.clock_unix_seconds;
  record_->wanted = options_.wanted;
  record_->turn = 0;
  record_->key_count = 0;
  record_->state = kFlightStarting;
  api_->start(&setup);
  return AfterRun();
}

GameError Game::Press(int32_t key) {
  switch (state_) {
    case State::kRunning:
      break;
    case State::kClosed:
      return Error(ErrorCode::kClosed, "step of a closed NetHack game");
    case State::kOver:
      return Error(ErrorCode::kOver, "step of a finished NetHack game; reset it first");
    case State::kNew:
    case State::kFailed:
      return Error(ErrorCode::kUsage, "step of a NetHack game that is not running; reset it first");
  }
  record_->keys[record_->key_count++ % kFlightRecordKeys] = static_cast<uint8_t>(key);
  record_->state = kFlightInStep;
  api_->step(key);
  return AfterRun();
}

GameError Game::AfterRun() {
  record_->state = kFlightIdle;
  const GameStatus& status = *api_->status;
  record_->turn = status.turn;
  switch (status.ending) {
    case kStillRunning:
      state_ = State::kRunning;
      return {};
    case kEndedNormally:
    case kEndedWithError:
      state_ = State::kOver;
      return {};
    case kEndedByAbort:
      state_ = State::kFailed;
      return Error(ErrorCode::kGameFault, "NetHack aborted: " + fault());
    case kEndedOutOfMemory:
      state_ = State::kFailed;
      return Error(ErrorCode::kGameFault, "NetHack used up the memory of its game");
  }
  return {};
}

void Game::SetBlock(uint8_t* block) {
  block_ = block;
  if (state_ == State::kRunning) api_->set_block(block);
}

GameError Game::ViewLevel(uint8_t* chars, uint8_t* colors) const {
  if (state_ != State::kRunning) return Error(ErrorCode::kUsage, "there is no level without a running NetHack game");
  api_->view_level(chars, colors);
  return {};
}

void Game::Close() {
  state_ = State::kClosed;
  api_ = nullptr;
  image_.reset();
  memory_.reset();
}

}  // namespace metamem::nethack
