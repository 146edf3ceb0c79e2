// Tests of the texts by hand-made screens and maps, without a game being played: exits with 1 if one fails.
//
//   nethack_text_test LIBRARY DATA

#include <stdio.h>

#include <memory>
#include <string>
#include <vector>

#include "nethack/text/contexts.h"
#include "nethack/text/cursor_text.h"
#include "nethack/text/plural.h"
#include "nethack/text/screen_message.h"
#include "nethack/text/test_scene.h"
#include "nethack/tools/sha256.h"

namespace metamem::nethack {
namespace {

using Phrases = std::shared_ptr<const GlyphPhrases>;

constexpr int kFeature = kFirstFeatureGlyph;
constexpr int kWall = kFeature + 1;
constexpr int kDoorway = kFeature + 12;
constexpr int kBars = kFeature + 17;
constexpr int kStairsDown = kFeature + 24;
constexpr int kIce = kFeature + 33;
constexpr int kNewt = 318;

std::string Around(const Phrases& phrases, const Scene& scene) {
  TextBuffer out;
  Surroundings(phrases).Append(scene.glyphs.data(), scene.blstats.data(), &out);
  return std::string(out.view());
}

std::string Message(const Scene& scene) {
  std::string out;
  AppendScreenMessage(scene.screen.data(), &out);
  return out;
}

std::string Cursor(const Phrases& phrases, Scene* scene, uint8_t row, uint8_t column) {
  scene->cursor = {row, column};
  TextBuffer out;
  AppendCursorText(*phrases, scene->raw(), &out);
  return std::string(out.view());
}

void TestPhrases(const Phrases& phrases) {
  std::string all;
  for (int glyph = 0; glyph < kGlyphCount; ++glyph) {
    if (glyph > 0) all += '\n';
    all += phrases->Text(phrases->Anywhere(glyph));
  }
  Sha256 hash;
  hash.Update(all.data(), all.size());
  Expect("hash of all phrases", hash.Hex(), "0ad1d512e61ba83bdd1f333af59f1d658f6c41d4d9e8d2a40a449e4c681ad442");
  for (const int glyph : {-1, kGlyphCount, 32767}) Expect("no glyph", phrases->Anywhere(glyph), 0);
  for (int glyph = -32768; glyph < 32768; ++glyph) {
    if (IsNotPlain(static_cast<int16_t>(glyph)) == 0) Expect("plain glyph", phrases->Anywhere(glyph), 0);
  }
}

void TestPlurals() {
  const char* const words[][2] = {
      {"staff", "staves"},
      {"scarf", "scarves"},
      {"dwarf", "dwarves"},
      {"wolf", "wolves"},
      {"lich", "lichs"},
      {"leash", "leashes"},
      {"torch", "torchs"},
      {"ruby", "rubies"},
      {"box", "boxes"},
      {"old gloves", "old gloveses"},
      {"combat boots", "combat boots"},
      {"lenses", "lenses"},
      {"gray dragon scales", "gray dragon scales"},
      {"tame jackal", "tame jackals"},
      {"Cyclops", "Cyclopses"},
      {"ice", "area of ice"},
      {"lava", "area of lava"},
      {"key", "keys"},
      {"scroll labeled FOO", "scrolls labeled FOO"},
      {"worthless piece of red glass", "worthless pieces of red glass"},
      {"boom left", "booms left"},
      {"can of grease", "cans of grease"},
  };
  for (const auto& word : words) Expect("plural", Plural(word[0]), word[1]);
}

void TestSurroundings(const Phrases& phrases) {
  Scene scene;
  Expect("nothing", Around(phrases, scene), "");
  scene.Put(0, 0, kNewt);
  Expect("the hero", Around(phrases, scene), "");
  scene.Put(20, 0, kNewt);
  scene.Put(6, -7, kNewt);
  scene.Put(1, 0, kNewt);
  scene.Put(0, 1, kNewt);
  scene.Put(-1, -1, kNewt);
  Expect("order", Around(phrases, scene),
         "newt very far east\nnewt far northnortheast\nnewt adjacent east, south, and northwest");

  Scene many;
  for (int i = 6; i < 10; ++i) many.Put(i, 0, kIce);
  many.Put(0, 7, kIce);
  many.Put(3, 0, kBars);
  many.Put(4, 0, kBars);
  many.Put(0, 3, kBars);
  Expect("plurals; bars are the same in both", Around(phrases, many),
         "ice far south\narea of ice far east\nbars near east\nbars near east");

  Scene lines;
  lines.Put(2, 0, kNewt);
  lines.Put(4, 0, kDoorway);
  lines.Put(6, 0, kWall);
  lines.Put(7, 0, kDoorway);
  lines.Put(0, 9, kDoorway);
  lines.Put(0, 10, kDoorway);
  lines.Put(-1, -2, kWall);
  lines.Put(-30, 5, kStairsDown);
  Expect("lines", Around(phrases, lines),
         "stairs down very far westsouthwest\nvertical wall far east\ndoorway far south\ndoorway near east\n"
         "newt very near east");

  Scene ended;
  std::fill(ended.glyphs.begin(), ended.glyphs.end(), kFeature);
  ended.blstats[kStatusX] = 0;
  ended.blstats[kStatusY] = 0;
  Expect("ended game", Around(phrases, ended), "dark area adjacent east, southeast, and south");
}

void TestMessages() {
  const auto message = [](const std::vector<std::pair<size_t, std::string>>& rows) {
    Scene scene;
    for (const auto& [row, text] : rows) scene.Print(row, 0, text);
    return Message(scene);
  };
  const std::string zero(1, '\0');
  Expect("blank", message({}), "");
  Expect("one line", message({{0, "  hello  "}}), "hello");
  Expect("second row", message({{1, "second"}}), "");
  Expect("scores", message({{1, "You made the top ten list!"}, {3, " No  Points"}, {5, "abc"}}),
         zero + "\nYou made the top ten list!\nNo  Points\nabc\n");
  Expect("last column", message({{0, std::string(79, ' ') + "x"}}), "");
  Expect("two rows", message({{0, std::string(80, 'a')}, {1, "bbbbbbbbbb--More--"}}),
         std::string(80, 'a') + "\nbbbbbbbbbb--More--");
  Expect("menu", message({{0, "     Weapons"}, {1, "     a - sword"}, {2, "     (1 of 2)"}, {3, "junk"}}),
         "Weapons\na - sword\n(1 of 2)");
  Expect("two digits", message({{0, "x (1 of 10)"}, {1, "(end)"}}), "x (1 of 10)\n(end)");
  Expect("third row", message({{2, "x--More--"}}), "");
  Expect("two blank rows", message({{0, "A"}, {1, "zz Points"}, {4, "q"}}), "A\nzz Points\n");
  Expect("last row", message({{0, "A"}, {23, std::string(75, 'x') + "(end)"}}), "A\n" + std::string(75, 'x') + "(end)");
}

void TestCursor(const Phrases& phrases) {
  Scene scene;
  scene.Put(0, 0, kNewt);
  scene.Put(-2, -1, kStairsDown);
  scene.glyphs[kMapColumns] = kNewt;
  Expect("cursor on hero", Cursor(phrases, &scene, 11, 40), "Yourself a newt");
  Expect("cursor on stairs", Cursor(phrases, &scene, 10, 38), "very near westnorthwest stairs down");
  Expect("cursor on floor", Cursor(phrases, &scene, 11, 41), "adjacent east ");
  Expect("cursor in last column", Cursor(phrases, &scene, 1, 79), "very far eastnortheast newt");
  for (const int row : {0, 22, 23}) Expect("cursor outside", Cursor(phrases, &scene, static_cast<uint8_t>(row), 5), "");
  Expect("cursor on first cell", Cursor(phrases, &scene, 1, 0), "");
}

void TestContexts(const Phrases& phrases) {
  Scene scene;
  scene.Put(3, 0, kNewt);
  scene.inv_letters[0] = '$';
  scene.inv_letters[1] = 'a';
  std::fill(scene.inv_strs.begin(), scene.inv_strs.begin() + 2 * kInventoryTextBytes - 70, 'x');
  scene.cursor = {11, 40};
  Contexts contexts(phrases);
  contexts.Write(scene.raw(), "far\xe9 far", {TextLayout::kWithStatistics, true});
  Expect(
      "step words", std::string(contexts.long_term()),
      "message:\nfar\xe9 5-8 steps away\n\nlanguage observation:\nnewt 3-4 steps away east\n\ncursor:\nYourself a \n");
  const std::string status =
      "Strength: 0/0\nDexterity: 0\nConstitution: 0\nIntelligence: 0\nWisdom: 0\nCharisma: 0\nDepth: 0\nGold: 0\n"
      "HP: 0/0\nEnergy: 0/0\nAC: 0\nXP: 0/0\nTime: 0\nPosition: 40|10\nHunger: Satiated\nMonster Level: 0\n"
      "Encumbrance: Unencumbered\nDungeon Number: 0\nLevel Number: 0\nScore: 0\nAlignment: Neutral\nCondition: ";
  const std::string items = "inventory:\n$: " + std::string(90, 'x') + "\na: " + std::string(10, 'x') + "\n";
  Expect("short", std::string(contexts.short_term()), "statistics:\n" + status + "None\n\n" + items);
  scene.blstats[kStatusConditions] = 0x1fff;
  contexts.Write(scene.raw(), "", {TextLayout::kWithStatistics, false});
  Expect("conditions", std::string(contexts.short_term()),
         "statistics:\n" + status +
             "Flying Levitating Hallucinating Confused Stunned Deaf Blind Terminally Ill Food Poisoning Strangled "
             "Slimed Riding Stoned\n\n" +
             items);
  contexts.Write(scene.raw(), "", {});
  Expect(
      "size of the map", static_cast<int64_t>(contexts.long_term().size()),
      static_cast<int64_t>(std::string("message:\n\n\nlanguage observation:\nnewt near east\n\ncursor:\nYourself a \n"
                                       "(x=40, y=11)\n\nmap:\n")
                               .size() +
                           23 * 81 + 1));
}

int Main(int argc, char** argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: %s LIBRARY DATA\n", argv[0]);
    return 2;
  }
  GameError error;
  const auto library = GameLibrary::Open(argv[1], argv[2], GameLibrary::Loader::kBest, &error);
  const Phrases phrases = library == nullptr ? nullptr : GlyphPhrases::Load(*library, &error);
  if (phrases == nullptr) {
    printf("%s\n", error.message.c_str());
    return 1;
  }
  TestPhrases(phrases);
  TestPlurals();
  TestSurroundings(phrases);
  TestMessages();
  TestCursor(phrases);
  TestContexts(phrases);
  printf("%d failures\n", g_failures);
  return g_failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace metamem::nethack

int main(int argc, char** argv) { return metamem::nethack::Main(argc, argv); }
