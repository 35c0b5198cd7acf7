"""The direct renderer: YUV planes warped by OpenCV, sprites by Skia, H.264 by x264, one file a scene."""
