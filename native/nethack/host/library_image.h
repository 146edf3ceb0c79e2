// One private copy of a library's data, with its code shared where the platform allows it.

#ifndef METAMEM_NETHACK_HOST_LIBRARY_IMAGE_H_
#define METAMEM_NETHACK_HOST_LIBRARY_IMAGE_H_

#include <memory>
#include <string>

namespace metamem::nethack {

// The one symbol such a library exports.
using ImageEntry = const void* (*)();

class LibraryImage {
 public:
  virtual ~LibraryImage() = default;

  // Brings all data back to how it was when the library was loaded, and gives the way in: what the library's exported
  // function returns. Null with the reason in `*problem` when the system refuses. What an earlier call returned is
  // invalid afterwards.
  virtual const void* Restore(std::string* problem) = 0;
};

}  // namespace metamem::nethack

#endif  // METAMEM_NETHACK_HOST_LIBRARY_IMAGE_H_
