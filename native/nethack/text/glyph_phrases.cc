#include "nethack/text/glyph_phrases.h"

#include "nethack/text/plural.h"

namespace metamem::nethack {

namespace {

// Where the kinds of glyphs begin.
constexpr size_t kMonsterGlyphs = 0;
constexpr size_t kPetGlyphs = 381;
constexpr size_t kInvisibleGlyph = 762;
constexpr size_t kDetectedGlyphs = 763;
constexpr size_t kCorpseGlyphs = 1144;
constexpr size_t kRiddenGlyphs = 1525;
constexpr size_t kObjectGlyphs = 1906;
constexpr size_t kExplosionGlyphs = 2446;
constexpr size_t kZapGlyphs = 2509;
constexpr size_t kSwallowGlyphs = 2541;
constexpr size_t kWarningGlyphs = 5589;
constexpr size_t kStatueGlyphs = 5595;

constexpr size_t kMonsters = kPetGlyphs - kMonsterGlyphs;
constexpr size_t kObjects = kFirstFeatureGlyph - kObjectGlyphs;

// How a feature of the dungeon is told.
enum Telling : uint8_t {
  kNever,
  kAnywhere,
  kInLine,
  kEndOfLine,
};

struct Feature {
  const char* name;
  Telling telling;
};

constexpr Feature kFeatureNames[kFeatures] = {
    {"dark area", kEndOfLine},
    {"vertical wall", kEndOfLine},
    {"horizontal wall", kEndOfLine},
    {"northwest room corner", kEndOfLine},
    {"northeast room corner", kEndOfLine},
    {"southwest corner", kEndOfLine},
    {"southeast corner", kEndOfLine},
    {"cross wall", kEndOfLine},
    {"t up wall", kEndOfLine},
    {"t down wall", kEndOfLine},
    {"t west wall", kEndOfLine},
    {"t east wall", kEndOfLine},
    {"doorway", kInLine},
    {"vertical open door", kInLine},
    {"horizontal open door", kInLine},
    {"vertical closed door", kAnywhere},
    {"horizontal closed door", kAnywhere},
    {"bars", kAnywhere},
    {"tree", kAnywhere},
    {"room floor", kNever},
    {"dark room floor", kNever},
    {"corridor floor", kNever},
    {"lit corridor floor", kNever},
    {"stairs up", kAnywhere},
    {"stairs down", kAnywhere},
    {"ladder up", kAnywhere},
    {"ladder down", kAnywhere},
    {"alter", kAnywhere},
    {"grave", kAnywhere},
    {"throne", kAnywhere},
    {"sink", kAnywhere},
    {"fountain", kAnywhere},
    {"pool", kAnywhere},
    {"ice", kAnywhere},
    {"lava", kAnywhere},
    {"vertical lowered drawbridge", kInLine},
    {"horizontal lowered drawbridge", kInLine},
    {"vertical raised drawbridge", kAnywhere},
    {"horizontal raised drawbridge", kAnywhere},
    {"air floor", kInLine},
    {"cloud floor", kInLine},
    {"water floor", kInLine},
    {"arrow trap", kInLine},
    {"dart trap", kInLine},
    {"falling rock trap", kInLine},
    {"squeaky board", kInLine},
    {"bear trap", kInLine},
    {"land mine", kInLine},
    {"rolling boulder trap", kInLine},
    {"sleeping gas trap", kInLine},
    {"rust trap", kInLine},
    {"fire trap", kInLine},
    {"pit", kInLine},
    {"spiked pit", kInLine},
    {"hole", kInLine},
    {"trap door", kInLine},
    {"teleportation trap", kInLine},
    {"level teleporter", kInLine},
    {"magic portal", kInLine},
    {"web", kInLine},
    {"statue trap", kInLine},
    {"magic trap", kInLine},
    {"anti magic trap", kInLine},
    {"polymorph trap", kInLine},
    {"vibrating square", kInLine},
    {"vertical beam", kInLine},
    {"horizontal beam", kInLine},
    {"left slant beam", kInLine},
    {"right slant beam", kInLine},
    {"dig beam", kInLine},
    {"flash beam", kInLine},
    {"boom left", kInLine},
    {"boom right", kInLine},
    {"shield 1", kInLine},
    {"shield 2", kInLine},
    {"shield 3", kInLine},
    {"shield 4", kInLine},
    {"poison cloud", kInLine},
    {"valid position", kInLine},
    {"swallow top left", kInLine},
    {"swallow top center", kInLine},
    {"swallow top right", kInLine},
    {"swallow middle left", kInLine},
    {"swallow middle right", kInLine},
    {"swallow bottom left", kInLine},
    {"swallow bottom center", kInLine},
    {"swallow bottom right", kInLine},
};

constexpr const char* kExplosionNames[] = {"top left",    "top center",    "top right",
                                           "middle left", "middle center", "middle right",
                                           "bottom left", "bottom center", "bottom right"};
constexpr const char* kSwallowNames[] = {"top left",     "top center",  "top right",     "middle left",
                                         "middle right", "bottom left", "bottom center", "bottom right"};
// The first two are each other's, as the benchmark has them.
constexpr const char* kZapNames[] = {"horizontal", "vertical", "left slant", "right slant"};
constexpr const char* kWarningNames[] = {"worry", "concern", "anxiety", "disquiet", "alarm", "dread"};

std::string ObjectPhrase(const ObjectName& object) {
  const std::string& name = object.name;
  const std::string& description = object.description;
  switch (object.object_class) {
    case kArmor:
    case kTool: return description.empty() ? name : description;
    case kRing: return description + " ring";
    case kAmulet: return description.find("Amulet") == std::string::npos ? description + " amulet" : description;
    case kFood: return name + description;
    case kPotion: return description + " potion";
    case kScroll: return "scroll labeled " + description;
    case kSpellbook: return description + " spellbook";
    case kWand: return description + " wand";
    case kGem: return name.find(description) == std::string::npos ? description + " " + name : name;
    case kVenom: return "splash of " + name;
    default: return name;
  }
}

}  // namespace

std::shared_ptr<const GlyphPhrases> GlyphPhrases::Build(const GameNames& names) {
  if (names.monsters.size() != kMonsters || names.objects.size() != kObjects) return nullptr;
  std::shared_ptr<GlyphPhrases> table(new GlyphPhrases);
  table->Intern("");
  table->NameMonsters(names);
  table->NameObjects(names);
  table->NameFeatures();
  table->NameEffects();
  const size_t singulars = table->texts_.size();
  for (size_t phrase = 0; phrase < singulars; ++phrase) {
    const Phrase plural = phrase == 0 ? Phrase{0} : table->Intern(Plural(table->texts_[phrase]));
    table->plurals_.push_back(plural);
  }
  table->numbers_.clear();
  return table;
}

std::shared_ptr<const GlyphPhrases> GlyphPhrases::Load(const GameLibrary& library, GameError* error) {
  GameNames names;
  if (!ReadGameNames(library, &names, error)) return nullptr;
  auto phrases = Build(names);
  if (phrases == nullptr) *error = Error(ErrorCode::kLibrary, "the NetHack library has other tables than expected");
  return phrases;
}

Phrase GlyphPhrases::Intern(const std::string& text) {
  const auto [entry, is_new] = numbers_.emplace(text, static_cast<Phrase>(texts_.size()));
  if (is_new) texts_.push_back(text);
  return entry->second;
}

void GlyphPhrases::NameMonsters(const GameNames& names) {
  for (size_t i = 0; i < kMonsters; ++i) {
    const std::string& name = names.monsters[i];
    Name(kMonsterGlyphs + i, name);
    Name(kPetGlyphs + i, "tame " + name);
    Name(kDetectedGlyphs + i, "detected " + name);
    Name(kCorpseGlyphs + i, name + " corpse");
    Name(kRiddenGlyphs + i, "ridden " + name);
    Name(kStatueGlyphs + i, name + " statue");
  }
  Name(kInvisibleGlyph, "invisible creature");
}

void GlyphPhrases::NameObjects(const GameNames& names) {
  for (size_t i = 0; i < kObjects; ++i) Name(kObjectGlyphs + i, ObjectPhrase(names.objects[i]));
}

void GlyphPhrases::NameFeatures() {
  for (size_t i = 0; i < kFeatures; ++i) {
    const Feature& feature = kFeatureNames[i];
    if (feature.telling == kAnywhere) Name(kFirstFeatureGlyph + i, feature.name);
    if (feature.telling == kInLine || feature.telling == kEndOfLine) in_line_[i] = Intern(feature.name);
    blocks_[i] = feature.telling == kEndOfLine;
  }
}

void GlyphPhrases::NameEffects() {
  for (size_t glyph = kExplosionGlyphs; glyph < kZapGlyphs; ++glyph) {
    Name(glyph, std::string("explosion ") + kExplosionNames[(glyph - kExplosionGlyphs) % std::size(kExplosionNames)]);
  }
  for (size_t glyph = kZapGlyphs; glyph < kSwallowGlyphs; ++glyph) {
    Name(glyph, std::string(kZapNames[(glyph - kZapGlyphs) % std::size(kZapNames)]) + " zap beam");
  }
  for (size_t glyph = kSwallowGlyphs; glyph < kWarningGlyphs; ++glyph) {
    Name(glyph, std::string("swallow ") + kSwallowNames[(glyph - kSwallowGlyphs) % std::size(kSwallowNames)]);
  }
  for (size_t glyph = kWarningGlyphs; glyph < kStatueGlyphs; ++glyph) {
    Name(glyph, std::string("unknown creature causing you ") + kWarningNames[glyph - kWarningGlyphs]);
  }
}

}  // namespace metamem::nethack
