"""`keras.utils.visualize_util`."""

from keras.utils.vis_utils import plot_model as plot

__all__ = ["plot"]
