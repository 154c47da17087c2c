"""What the functions and methods that lessons call do to the objects they are given, by name.

A name that is in none of these tables counts as one that changes all it is given.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Builtins that may do anything, and those whose result keeps nothing of their arguments.
OPAQUE_BUILTINS = _words("eval exec globals locals vars setattr delattr __import__ compile")
FRESH_BUILTINS = _words(
    "abs all any ascii bin bool bytes chr divmod float format hash hex id int isinstance issubclass len oct ord "
    "pow print range repr round str sum type hasattr callable"
)
# Builtins whose result can be gone through once.
ITERATORS = _words("enumerate filter iter map reversed zip")

# Modules whose functions draw: what they return is a figure or a part of one.
PLOTTING = frozenset({"plt"})

# Functions and classes of modules: those not followed at all…
OPAQUE = frozenset({"DataLoader", "register_backward_hook", "eval", "exec"})
# …those that change how the library behaves from then on…
SETTINGS = _words("rc use simplefilter filterwarnings resetwarnings rcdefaults seterr update")
# …the `with` that gives it back…
SHELTERS = _words("catch_warnings rc_context errstate printoptions set_grad_enabled context")
# …those that draw at random…
RANDOM = _words(
    "rand randn randint randperm rand_like randn_like normal uniform shuffle permutation choice standard_normal "
    "bernoulli multinomial integers random sample seed manual_seed dropout Dropout Linear normal_ uniform_ "
    "random_ bernoulli_"
)
# …those whose result is, or holds, what they were given…
SHARING = _words(
    "from_numpy asarray as_tensor reshape ravel squeeze unsqueeze transpose swapaxes moveaxis expand_dims "
    "atleast_1d atleast_2d broadcast_to broadcast_tensors broadcast_arrays meshgrid split chunk unbind flatten "
    "diagonal narrow detach real imag partial deepcopy copy get_gradient_edge"
)
# …those that write into what they are given…
FILLING = _words("fill_diagonal put copyto place putmask at shuffle vector_to_parameters")
# …and those that walk the graph backwards, functions and methods.
BACKWARD = frozenset({"backward", "grad"})

# Methods whose result is a plain number or text.
PLAIN = _words("item tolist join format name upper lower isalpha strip index count data_ptr")
# Methods that compute something new.
COMPUTING = _words(
    "mean sum abs sqrt exp log log10 max min argmax argmin std var norm dot matmul mm clone pow sin cos tanh "
    "sigmoid relu softmax round all any numel dim size equal allclose masked_fill "
    "clamp where cumsum prod trunc sign median square eq gt lt ge le"
)
# Methods whose result shares what they were called on.
VIEWING = _words(
    "items values keys get detach numpy reshape view flatten ravel squeeze unsqueeze expand repeat transpose "
    "permute split copy float double int long bool to type astype contiguous named_parameters parameters"
)
# Methods that change what they are called on, and only keep or read their arguments.
RECEIVING = _words(
    "append extend insert add update setdefault pop remove clear sort reverse discard step zero_grad retain_grad "
    "register_hook"
)
