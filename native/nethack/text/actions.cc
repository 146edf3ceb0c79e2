#include "nethack/text/actions.h"

#include <algorithm>
#include <array>

namespace metamem::nethack {

const Action kActionTable[kActions] = {
    {{"north", "k"}, 107, 0, true},
    {{"east", "l"}, 108, 1, true},
    {{"south", "j"}, 106, 2, true},
    {{"west", "h"}, 104, 3, true},
    {{"northeast", "u"}, 117, 4, true},
    {{"southeast", "n"}, 110, 5, true},
    {{"southwest", "b"}, 98, 6, true},
    {{"northwest", "y"}, 121, 7, true},
    {{"far north", "K"}, 75, 8, true},
    {{"far east", "L"}, 76, 9, true},
    {{"far south", "J"}, 74, 10, true},
    {{"far west", "H"}, 72, 11, true},
    {{"far northeast", "U"}, 85, 12, true},
    {{"far southeast", "N"}, 78, 13, true},
    {{"far southwest", "B"}, 66, 14, true},
    {{"far northwest", "Y"}, 89, 15, true},
    {{"up", "<"}, 60, 16, true},
    {{"down", ">"}, 62, 17, true},
    {{"wait", "."}, 46, 18, true},
    {{"more", "\r", "\\r"}, 13, 19, true},
    {{"extcmd", "#"}, 35, 20, false},
    {{"extlist", "M-?"}, 191, 21, false},
    {{"adjust", "M-a"}, 225, 22, true},
    {{"annotate", "M-A"}, 193, 23, false},
    {{"apply", "a"}, 97, 24, true},
    {{"attributes", "^x"}, 24, 25, true},
    {{"autopickup", "@"}, 64, 26, false},
    {{"call", "C"}, 67, 27, true},
    {{"cast", "Z"}, 90, 28, true},
    {{"chat", "M-c"}, 227, 29, true},
    {{"close", "c"}, 99, 30, true},
    {{"conduct", "M-C"}, 195, 31, false},
    {{"dip", "M-d"}, 228, 32, true},
    {{"drop", "d"}, 100, 33, true},
    {{"droptype", "D"}, 68, 34, true},
    {{"eat", "e"}, 101, 35, true},
    {{"esc", "^["}, 27, 38, true},
    {{"engrave", "E"}, 69, 36, true},
    {{"enhance", "M-e"}, 229, 37, true},
    {{"fire", "f"}, 102, 40, true},
    {{"fight", "F"}, 70, 39, true},
    {{"force", "M-f"}, 230, 41, true},
    {{"glance", ";"}, 59, 42, false},
    {{"history", "V"}, 86, 43, false},
    {{"inventory", "i"}, 105, 44, true},
    {{"inventtype", "I"}, 73, 45, true},
    {{"invoke", "M-i"}, 233, 46, true},
    {{"jump", "M-j"}, 234, 47, true},
    {{"kick", "^d"}, 4, 48, true},
    {{"known", "\\"}, 92, 49, false},
    {{"knownclass", "`"}, 96, 50, false},
    {{"look", ":"}, 58, 51, true},
    {{"loot", "M-l"}, 236, 52, true},
    {{"monster", "M-m"}, 237, 53, true},
    {{"move", "m"}, 109, 54, true},
    {{"movefar", "M"}, 77, 55, true},
    {{"offer", "M-o"}, 239, 56, true},
    {{"open", "o"}, 111, 57, true},
    {{"options", "O"}, 79, 58, false},
    {{"wizard where", "^o"}, 15, 59, false},
    {{"pay", "p"}, 112, 60, true},
    {{"pickup", ","}, 44, 61, true},
    {{"pray", "M-p"}, 240, 62, true},
    {{"puton", "P"}, 80, 63, true},
    {{"quaff", "q"}, 113, 64, true},
    {{"quit", "M-q"}, 241, 65, false},
    {{"quiver", "Q"}, 81, 66, true},
    {{"read", "r"}, 114, 67, true},
    {{"redraw", "^r"}, 18, 68, false},
    {{"remove", "R"}, 82, 69, true},
    {{"ride", "M-R"}, 210, 70, true},
    {{"rub", "M-r"}, 242, 71, true},
    {{"rush", "g"}, 103, 72, true},
    {{"rush2", "G"}, 71, 73, true},
    {{"save", "S"}, 83, 74, false},
    {{"search", "s"}, 115, 75, true},
    {{"seeall", "*"}, 42, 76, false},
    {{"seeamulet", "\""}, 34, 77, true},
    {{"seearmor", "["}, 91, 78, true},
    {{"seegold", "dollar", "$"}, 36, 79, true},
    {{"seerings", "="}, 61, 80, true},
    {{"seespells", "plus", "+"}, 43, 81, true},
    {{"seetools", "("}, 40, 82, true},
    {{"seetrap", "^"}, 94, 83, true},
    {{"seeweapon", ")"}, 41, 84, true},
    {{"shell", "!"}, 33, 85, true},
    {{"sit", "M-s"}, 243, 86, true},
    {{"swap", "x"}, 120, 87, true},
    {{"takeoff", "T"}, 84, 88, true},
    {{"takeoffall", "A"}, 65, 89, true},
    {{"teleport", "^t"}, 20, 90, false},
    {{"throw", "t"}, 116, 91, true},
    {{"tip", "M-T"}, 212, 92, true},
    {{"travel", "_"}, 95, 93, false},
    {{"turnundead", "M-t"}, 244, 94, true},
    {{"twoweapon", "X"}, 88, 95, true},
    {{"untrap", "M-u"}, 245, 96, true},
    {{"version", "M-v"}, 246, 97, false},
    {{"versionshort", "v"}, 118, 98, true},
    {{"wear", "W"}, 87, 99, true},
    {{"whatdoes", "&"}, 38, 100, false},
    {{"whatis", "/"}, 47, 101, false},
    {{"wield", "w"}, 119, 102, true},
    {{"wipe", "M-w"}, 247, 103, true},
    {{"zap", "z"}, 122, 104, true},
    {{"minus", "-"}, 45, 106, false},
    {{"space", " "}, 32, 107, true},
    {{"apos", "'"}, 39, 108, false},
    {{"zero", "0"}, 48, 110, false},
    {{"one", "1"}, 49, 111, false},
    {{"two", "2"}, 50, 112, false},
    {{"three", "3"}, 51, 113, false},
    {{"four", "4"}, 52, 114, false},
    {{"five", "5"}, 53, 115, false},
    {{"six", "6"}, 54, 116, false},
    {{"seven", "7"}, 55, 117, false},
    {{"eight", "8"}, 56, 118, false},
    {{"nine", "9"}, 57, 119, false},
};

namespace {

constexpr size_t kDefaultRow = 36;
constexpr size_t kMoreRow = 19;

// Every single letter and digit is a key of its own.
constexpr std::string_view kSingleKeys = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

struct Name {
  std::string_view text;
  const Action* action;
};

// The names of the table, ordered for searching, and the list of valid ones.
class Names {
 public:
  Names() {
    for (const Action& action : kActionTable) {
      for (const std::string_view name : action.names) {
        if (!name.empty()) all_[all_count_++] = {name, &action};
      }
      if (action.is_offered) valid_[valid_count_++] = action.names[0];
    }
    for (size_t i = 0; i < kSingleKeys.size(); ++i) valid_[valid_count_++] = kSingleKeys.substr(i, 1);
    std::sort(all_.begin(), all_.begin() + all_count_, [](const Name& a, const Name& b) { return a.text < b.text; });
  }

  const Action* Find(std::string_view text) const {
    const auto end = all_.begin() + all_count_;
    const auto found = std::lower_bound(all_.begin(), end, text,
                                        [](const Name& name, std::string_view key) { return name.text < key; });
    return found != end && found->text == text ? found->action : nullptr;
  }

  std::string_view valid(size_t index) const { return valid_[index]; }

 private:
  std::array<Name, kActions * kMaxActionNames> all_;
  ptrdiff_t all_count_ = 0;
  std::array<std::string_view, kValidNames> valid_;
  size_t valid_count_ = 0;
};

const Names& AllNames() {
  static const Names names;
  return names;
}

}  // namespace

const Action& DefaultAction() { return kActionTable[kDefaultRow]; }

const Action& MoreAction() { return kActionTable[kMoreRow]; }

const Action* FindAction(std::string_view name) { return AllNames().Find(name); }

std::string_view ValidName(size_t index) { return AllNames().valid(index); }

const Action* FindValidAction(std::string_view name) {
  const Action* action = FindAction(name);
  if (action == nullptr) return nullptr;
  const bool is_single_key = name.size() == 1 && kSingleKeys.find(name[0]) != std::string_view::npos;
  return is_single_key || (action->is_offered && name == action->names[0]) ? action : nullptr;
}

}  // namespace metamem::nethack
