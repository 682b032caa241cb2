"""PyTorch's tensors: views of storages, which are what is saved, so that what shared its numbers does so again."""

from __future__ import annotations

import sys
from typing import Any, BinaryIO, Iterable

from .arrays import LARGE_BYTES, digest_of
from .kind import SAME, STORED, Kind


class Storage:
    """The numbers that one or more tensors are views of; `flat` is all of them as bytes."""

    def __init__(self, flat: Any, learns: bool) -> None:
        self.flat = flat
        self.address = flat.data_ptr()
        #: Whether a model learns it, so that each pass changes it.
        self.learns = learns

    def write(self, stream: BinaryIO) -> None:
        """Write its bytes."""
        stream.write(memoryview(self.flat.cpu().numpy()))

    def put(self, numbers: bytes) -> None:
        """Change its bytes in place."""
        torch = sys.modules["torch"]
        with torch.no_grad():
            self.flat.copy_(_bytes_tensor(numbers))


class Storages:
    """The storages of all tensors that were seen, each once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], Storage] = {}
        self._frozen = False

    def of(self, tensor: Any) -> Storage | None:
        """Return the storage of a tensor; None where there is nothing in it. Raises TypeError for a tensor without one."""
        flat = flat_bytes(tensor)
        if flat is None:
            return None
        key = (str(tensor.device), flat.data_ptr())
        storage = self._found.get(key)
        if storage is None:
            storage = Storage(flat, bool(tensor.requires_grad))
            if not self._frozen:
                self._found[key] = storage
        return storage

    def freeze(self) -> None:
        """Keep no more storages than were seen by now."""
        self._frozen = True

    def holds(self, address: int) -> bool:
        """Whether a place in memory is inside of one of the storages."""
        return any(one.address <= address < one.address + one.flat.numel() for one in self._found.values())


class Stored(Kind):
    """What is in a storage."""

    def before(self, value: Storage) -> Any:
        return "" if value.learns or value.flat.numel() < LARGE_BYTES else digest_of(value.flat.cpu().numpy())

    def mark(self, value: Storage, before: Any) -> str:
        return f"{value.flat.numel()} {before}"

    def content(self, value: Storage, before: Any) -> Any:
        if value.flat.data_ptr() != value.address:
            raise TypeError("the loop changes its size")
        return SAME if before and digest_of(value.flat.cpu().numpy()) == before else STORED


class Tensors(Kind):
    """Tensors that were there: how they look at their storage, and their gradients."""

    def __init__(self, storages: Storages) -> None:
        self._storages = storages

    def parts(self, value: Any) -> Iterable[tuple[str, Any]]:
        return [
            ("its numbers", self._storages.of(value)),
            ("grad", value.grad if value.is_leaf else None),
            *getattr(value, "__dict__", {}).items(),
        ]

    def before(self, value: Any) -> Any:
        return look_of(value)

    def mark(self, value: Any, before: Any) -> str:
        return f"{value.dtype} {value.device} {before[1:]} {value.requires_grad}"

    def content(self, value: Any, before: Any) -> Any:
        other = value.detach() if look_of(value) != before else None
        return other, value.requires_grad, value.grad if value.is_leaf else None

    def restore(self, value: Any, content: Any) -> None:
        other, requires_grad, grad = content
        if other is not None:
            value.data = other
        if value.is_leaf:
            value.requires_grad_(requires_grad)
            value.grad = grad


def is_tensor(value: Any) -> bool:
    """Whether it is a tensor of PyTorch's."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.Tensor)


def look_of(tensor: Any) -> tuple[Any, ...]:
    """Return where a tensor's numbers are: address, offset, size, strides and type."""
    flat = flat_bytes(tensor)
    address = 0 if flat is None else flat.data_ptr()
    return address, tensor.storage_offset(), tuple(tensor.size()), tensor.stride(), str(tensor.dtype)


def flat_bytes(tensor: Any) -> Any:
    """Return all of a tensor's storage as a tensor of bytes; None where there is nothing in it. Raises TypeError."""
    torch = sys.modules["torch"]
    if tensor.layout is not torch.strided or tensor.is_quantized or tensor.is_conj() or tensor.is_neg():
        raise TypeError("it is a tensor of a special kind")
    if hasattr(tensor, "untyped_storage"):
        size = tensor.untyped_storage().nbytes()
    else:
        size = tensor.storage().size() * tensor.element_size()
    if size == 0:
        return None
    with torch.no_grad():
        return tensor.detach().as_strided((size // tensor.element_size(),), (1,), 0).view(torch.uint8)


def rebuild_tensor(numbers: Any, dtype: Any, device: Any, look: Any, learns: bool, grad: Any, kind: type) -> Any:
    """Return a tensor like one that was saved; `numbers` is its storage."""
    torch = sys.modules["torch"]
    offset, size, strides = look
    if numbers is None:
        made = torch.empty(size, dtype=dtype, device=device)
    else:
        with torch.no_grad():
            made = numbers.flat.view(dtype).as_strided(size, strides, offset).detach()
    if kind is not torch.Tensor:
        made = kind(made, requires_grad=learns)
    else:
        made.requires_grad_(learns)
    if grad is not None:
        made.grad = grad
    return made


def rebuild_storage(numbers: bytes, device: str) -> Storage:
    """Return a storage that was not there when the loop began."""
    return Storage(_bytes_tensor(numbers).to(device), False)


def _bytes_tensor(numbers: bytes) -> Any:
    # A copy stands in memory where PyTorch itself would put it.
    return sys.modules["torch"].from_numpy(sys.modules["numpy"].frombuffer(bytearray(numbers), dtype="uint8")).clone()
