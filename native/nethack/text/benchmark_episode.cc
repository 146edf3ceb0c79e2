#include "nethack/text/benchmark_episode.h"

#include "nethack/text/screen_message.h"

namespace metamem::nethack {

namespace {

constexpr std::string_view kMore = "--More--";

// Makes a line end of every sign that a message goes on; false if there is none.
bool BreakAtMore(std::string* message) {
  size_t at = message->find(kMore);
  if (at == std::string::npos) return false;
  while (at != std::string::npos) {
    message->replace(at, kMore.size(), 1, '\n');
    at = message->find(kMore, at + 1);
  }
  return true;
}

}  // namespace

GameError BenchmarkEpisode::Reset(const GameSeeds& seeds) {
  over_ = true;
  statistics_ = {};
  message_.clear();
  if (GameError error = challenge_.Reset(seeds)) return error;
  over_ = false;
  AppendScreenMessage(raw().tty_chars, &message_);
  return {};
}

GameError BenchmarkEpisode::Step(std::string_view said, BenchmarkStep* step) {
  if (over_) return Error(ErrorCode::kOver, "step of a finished NetHack episode; reset it first");
  step->action = FindValidAction(said);
  step->is_valid = step->action != nullptr;
  if (!step->is_valid) step->action = &DefaultAction();

  StepOutcome outcome;
  GameError error = challenge_.Step(step->action->key, &outcome);
  if (!error) {
    message_.clear();
    AppendScreenMessage(raw().tty_chars, &message_);
    if (options_.skip_more) error = ReadOn(&outcome);
  }
  over_ = error || outcome.done();
  if (error) return error;

  step->reward = outcome.reward;
  step->truncated = outcome.status == EndStatus::kAborted;
  step->terminated = outcome.status == EndStatus::kDeath;
  statistics_.Update(outcome.reward, raw().blstats);
  if (over_) statistics_.end_reason = EndReason(outcome.status, raw().tty_chars);
  return {};
}

GameError BenchmarkEpisode::Play(size_t action, StepResult* result) {
  BenchmarkStep step;
  if (GameError error = Step(ValidName(action), &step)) return error;
  *result = step;
  return {};
}

GameError BenchmarkEpisode::ReadOn(StepOutcome* outcome) {
  while (!outcome->done() && BreakAtMore(&message_)) {
    StepOutcome page;
    if (GameError error = challenge_.Step(MoreAction().key, &page)) return error;
    AppendScreenMessage(raw().tty_chars, &message_);
    outcome->reward += page.reward;
    outcome->status = page.status;
  }
  return {};
}

}  // namespace metamem::nethack
