# --8<-- [start:data]
import numpy as np

heights = np.array([1.50, 1.60, 1.85])
mean = heights.mean()
print(f"mean: {mean:.2f} m")
# --8<-- [end:data]
# --8<-- [start:plot]
import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(5.6, 3.6))
ax.plot(heights, "o")
ax.axhline(mean, color="C1")
plt.show()
# --8<-- [end:plot]
# --8<-- [start:outlier]
print(f"with a giant: {np.append(heights, 17.0).mean():.2f} m")
# --8<-- [end:outlier]
# --8<-- [start:median]
print(f"median: {np.median(heights):.2f} m")
# --8<-- [end:median]
