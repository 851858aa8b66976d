# %% [markdown]
# # Whole numbers

# %%
from checks import check


# %% solution="divisors"
def divisors(n):
    """Return the divisors of a whole number, in any order."""
    ### BEGIN SOLUTION
    small = [k for k in range(1, n + 1) if k * k <= n and n % k == 0]
    return sorted({*small, *(n // k for k in small)})
    ### END SOLUTION


# %% test="divisors"
check("divisors", divisors)
