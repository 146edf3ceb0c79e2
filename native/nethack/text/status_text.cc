#include "nethack/text/status_text.h"

#include <string_view>

#include "nethack/shared/observation_layout.h"

namespace metamem::nethack {

namespace {

constexpr std::string_view kHungerWords[] = {"Satiated", "Not Hungry", "Hungry", "Weak",
                                             "Fainting", "Fainted",    "Starved"};
constexpr std::string_view kEncumbranceWords[] = {"Unencumbered", "Burdened",  "Stressed",
                                                  "Strained",     "Overtaxed", "Overloaded"};

struct Condition {
  int64_t bit;
  std::string_view word;
};

// In the order in which the benchmark's hash table holds them.
constexpr Condition kConditions[] = {
    {0x800, "Flying"}, {0x400, "Levitating"}, {0x200, "Hallucinating"}, {0x100, "Confused"},     {0x80, "Stunned"},
    {0x40, "Deaf"},    {0x20, "Blind"},       {0x10, "Terminally Ill"}, {0x8, "Food Poisoning"}, {0x4, "Strangled"},
    {0x2, "Slimed"},   {0x1000, "Riding"},    {0x1, "Stoned"},
};

template <size_t kWords>
std::string_view WordOf(const std::string_view (&words)[kWords], int64_t value) {
  return value >= 0 && value < static_cast<int64_t>(kWords) ? words[value] : std::string_view();
}

std::string_view AlignmentWord(int64_t alignment) {
  constexpr int64_t kNone = -128;
  switch (alignment) {
    case kNone: return "None";
    case 1: return "Lawful";
    case 0: return "Neutral";
    case -1: return "Chaotic";
    default: return "";
  }
}

// Writes the lines one after the other.
class Lines {
 public:
  Lines(const int64_t* blstats, TextBuffer* out) : blstats_(blstats), out_(out) {}

  void Number(std::string_view label, StatusField field) {
    Label(label);
    out_->AppendNumber(blstats_[field]);
  }

  void Numbers(std::string_view label, StatusField first, char between, StatusField second) {
    Number(label, first);
    out_->Append(between);
    out_->AppendNumber(blstats_[second]);
  }

  void Word(std::string_view label, std::string_view word) {
    Label(label);
    out_->Append(word);
  }

  void Conditions() {
    Label("Condition");
    bool any = false;
    for (const Condition& condition : kConditions) {
      if ((blstats_[kStatusConditions] & condition.bit) == 0) continue;
      if (any) out_->Append(' ');
      out_->Append(condition.word);
      any = true;
    }
    if (!any) out_->Append("None");
  }

 private:
  void Label(std::string_view label) {
    if (!is_first_) out_->Append('\n');
    is_first_ = false;
    out_->Append(label);
    out_->Append(": ");
  }

  const int64_t* blstats_;
  TextBuffer* out_;
  bool is_first_ = true;
};

}  // namespace

void AppendStatusText(const int64_t* blstats, TextBuffer* out) {
  Lines lines(blstats, out);
  lines.Numbers("Strength", kStatusStrengthPercentage, '/', kStatusStrength);
  lines.Number("Dexterity", kStatusDexterity);
  lines.Number("Constitution", kStatusConstitution);
  lines.Number("Intelligence", kStatusIntelligence);
  lines.Number("Wisdom", kStatusWisdom);
  lines.Number("Charisma", kStatusCharisma);
  lines.Number("Depth", kStatusDepth);
  lines.Number("Gold", kStatusGold);
  lines.Numbers("HP", kStatusHitPoints, '/', kStatusMaxHitPoints);
  lines.Numbers("Energy", kStatusEnergy, '/', kStatusMaxEnergy);
  lines.Number("AC", kStatusArmorClass);
  lines.Numbers("XP", kStatusExperienceLevel, '/', kStatusExperiencePoints);
  lines.Number("Time", kStatusTurn);
  lines.Numbers("Position", kStatusX, '|', kStatusY);
  lines.Word("Hunger", WordOf(kHungerWords, blstats[kStatusHunger]));
  lines.Number("Monster Level", kStatusMonsterLevel);
  lines.Word("Encumbrance", WordOf(kEncumbranceWords, blstats[kStatusEncumbrance]));
  lines.Number("Dungeon Number", kStatusDungeon);
  lines.Number("Level Number", kStatusLevel);
  lines.Number("Score", kStatusScore);
  lines.Word("Alignment", AlignmentWord(blstats[kStatusAlignment]));
  lines.Conditions();
}

}  // namespace metamem::nethack
