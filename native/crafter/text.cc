#include "crafter/text.h"

#include <cstdlib>
#include <cstring>

#include "crafter/python_semantics.h"

namespace metamem::crafter {
namespace {

void AppendNumber(std::string* out, int value) {
  char digits[12];
  int length = 0;
  do {
    digits[length++] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value > 0);
  while (length > 0) out->push_back(digits[--length]);
}

void AppendSteps(std::string* out, int steps) {
  AppendNumber(out, steps);
  out->append(steps > 1 ? " steps" : " step");
}

const char* Vertical(int dy) { return dy < 0 ? "north" : "south"; }
const char* Horizontal(int dx) { return dx < 0 ? "west" : "east"; }

void AppendLocation(std::string* out, int dx, int dy) {
  AppendSteps(out, std::abs(dx) + std::abs(dy));
  out->append(" to your ");
  if (dy != 0) out->append(Vertical(dy));
  if (dx != 0 && dy != 0) out->push_back('-');
  if (dx != 0) out->append(Horizontal(dx));
}

void AppendPreciseLocation(std::string* out, int dx, int dy) {
  if (dx == 0 && dy == 0) {
    out->append("at your location");
    return;
  }
  if (dy != 0) {
    AppendSteps(out, std::abs(dy));
    out->push_back(' ');
    out->append(Vertical(dy));
  }
  if (dx != 0 && dy != 0) out->append(" and ");
  if (dx != 0) {
    AppendSteps(out, std::abs(dx));
    out->push_back(' ');
    out->append(Horizontal(dx));
  }
}

void AppendEntry(std::string* out, const TextOptions& options, int id, int dx, int dy) {
  out->append("\n- ");
  out->append(kSemanticNames[id]);
  out->push_back(' ');
  if (options.precise) {
    AppendPreciseLocation(out, dx, dy);
  } else {
    AppendLocation(out, dx, dy);
  }
}

// The part of the map the wrapper looks at. Close to the west and north edges its slice starts below zero, which
// Python takes from the far end: the window is then usually empty.
class Window {
 public:
  explicit Window(const World& world) : world_(world) {
    const Config& config = world.config();
    const Object& player = world.player();
    const int half_x = config.view_x / 2;
    const int half_y = config.view_y / 2;
    xs_ = Slice::Of(player.x - half_x, player.x + half_x + 1, config.area_x);
    ys_ = Slice::Of(player.y - half_y + 1, player.y + half_y, config.area_y);
    center_x_ = half_x;
    center_y_ = half_y - 1;
  }

  int width() const { return xs_.end > xs_.begin ? xs_.end - xs_.begin : 0; }
  int height() const { return ys_.end > ys_.begin ? ys_.end - ys_.begin : 0; }
  int center_x() const { return center_x_; }
  int center_y() const { return center_y_; }
  bool Inside(int i, int j) const { return i >= 0 && i < width() && j >= 0 && j < height(); }
  int Id(int i, int j) const { return world_.SemanticAt(xs_.begin + i, ys_.begin + j); }

  bool AtEdge(int i, int j) const {
    const int id = Id(i, j);
    const auto differs = [this, id](int ni, int nj) { return Inside(ni, nj) && Id(ni, nj) != id; };
    return differs(i - 1, j) || differs(i + 1, j) || differs(i, j - 1) || differs(i, j + 1);
  }

 private:
  const World& world_;
  Slice xs_, ys_;
  int center_x_, center_y_;
};

// Calls `visit(id, dx, dy)` for each cell that is mentioned.
template <typename Visit>
void ForEachMentioned(const Window& window, const TextOptions& options, Visit visit) {
  for (int i = 0; i < window.width(); ++i) {
    for (int j = 0; j < window.height(); ++j) {
      const int id = window.Id(i, j);
      if (id == kNumMaterials + kPlayer || Has(options.skip, id)) continue;
      if (Has(options.edge_only, id) && !window.AtEdge(i, j)) continue;
      visit(id, i - window.center_x(), j - window.center_y());
    }
  }
}

void AppendNearestOfEach(const Window& window, const TextOptions& options, std::string* out) {
  struct Nearest {
    int id, dx, dy, distance;
  };
  Nearest entries[kNumSemanticIds];
  int count = 0;
  int8_t entry_of[kNumSemanticIds];
  memset(entry_of, -1, sizeof(entry_of));
  ForEachMentioned(window, options, [&](int id, int dx, int dy) {
    const int distance = std::abs(dx) + std::abs(dy);
    if (entry_of[id] < 0) {
      entry_of[id] = static_cast<int8_t>(count);
      entries[count++] = {id, dx, dy, distance};
    } else if (distance < entries[entry_of[id]].distance) {
      entries[entry_of[id]] = {id, dx, dy, distance};
    }
  });
  for (int i = 0; i < count; ++i) AppendEntry(out, options, entries[i].id, entries[i].dx, entries[i].dy);
}

const char* NameInFront(const World& world, const Window& window, const TextOptions& options) {
  const int i = window.center_x() + world.player().facing_x;
  const int j = window.center_y() + world.player().facing_y;
  if (!window.Inside(i, j) || Has(options.skip, window.Id(i, j))) return "nothing";
  return kSemanticNames[window.Id(i, j)];
}

}  // namespace

void WriteLongText(const World& world, const TextOptions& options, std::string* out) {
  out->clear();
  if (options.unknown_name) {
    out->append("Error, you are out of the map.");
    return;
  }
  // The wrapper joins the parts with two line ends each and strips the whole, so a status stands four above the rest.
  if (world.state.player.sleeping) {
    out->append("You are sleeping, and will not be able take actions until energy is full.\n\n\n\n");
  } else if (world.state.player.items[kHealth] <= 0) {
    out->append("You died.\n\n\n\n");
  }
  const Window window(world);
  out->append("You see");
  const size_t list_start = out->size();
  out->push_back(':');
  if (options.unique) {
    AppendNearestOfEach(window, options, out);
  } else {
    ForEachMentioned(window, options, [&](int id, int dx, int dy) { AppendEntry(out, options, id, dx, dy); });
  }
  if (out->size() == list_start + 1) {
    out->resize(list_start);
    out->append(" nothing away from you.");
  }
  out->append("\n\nYou face ");
  out->append(NameInFront(world, window, options));
  out->append(" at your front.");
}

void WriteShortText(const World& world, std::string* out) {
  const int16_t* items = world.state.player.items;
  out->assign("Your status:");
  for (int i = 0; i < kNumVitals; ++i) {
    out->append("\n- ");
    out->append(kItemNames[i]);
    out->append(": ");
    AppendNumber(out, items[i]);
    out->append("/9");
  }
  out->append("\n\n");
  bool empty = true;
  for (int i = kNumVitals; i < kNumItems; ++i) {
    if (items[i] == 0) continue;
    out->append(empty ? "Your inventory:\n- " : "\n- ");
    out->append(kItemNames[i]);
    out->append(": ");
    AppendNumber(out, items[i]);
    empty = false;
  }
  if (empty) out->append("You have nothing in your inventory.");
}

}  // namespace metamem::crafter
