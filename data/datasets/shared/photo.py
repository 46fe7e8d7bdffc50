"""Photos: the word by which other ledgers name each, and the file beside the database that it stands for."""

from data.datasets.constraint import Constraint, cases
from data.datasets.model import Dataset, code, date, integer, text
from data.text import Text

DATASET = Dataset(
    name="photo",
    stream="shared",
    menu_place=40,
    label=Text("照片", "Photos"),
    description=Text(
        "每张照片一行，直接上传照片即可登记。照片重新压缩，不留拍摄地点等信息；工程进度、问题流转按“照片名称”引用。",
        "One row per photo: upload the photo itself. It is encoded anew, without where it was taken; progress of works "
        "and steps of issues name it by its name.",
    ),
    key=("photo_name",),
    columns=(
        code("photo_name", "照片名称", "Photo name", aliases=("照片编号", "照片文件名")),
        text("digest", "照片指纹", "Digest", required=True),
        date("taken_on", "拍摄日期", "Taken on"),
        integer("pixel_width", "像素宽度", "Width in pixels", low=1, required=True),
        integer("pixel_height", "像素高度", "Height in pixels", low=1, required=True),
        integer("size", "字节数", "Size in bytes", low=1, required=True),
    ),
    constraints=(
        Constraint(
            name="digest_of_photo",
            columns=("digest",),
            breaks="NOT regexp_full_match(r.digest, '[a-p]{64}')",
            reason=Text(
                "“{digest}”不是照片的指纹：请上传照片本身，由系统登记",
                "“{digest}” is no digest of a photo: upload the photo itself, and it is registered",
            ),
            cases=cases(broken=[("ab/../cd",), ("a" * 63,)], kept=[("abcdefghijklmnop" * 4,)]),
        ),
    ),
)
