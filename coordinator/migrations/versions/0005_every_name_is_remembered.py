"""every name that a text had with the network is remembered"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("messages", sa.Column("former_sids", sa.Text(), nullable=True))
    op.execute("UPDATE messages SET former_sids = former_sid WHERE former_sid IS NOT NULL")
    op.drop_column("messages", "former_sid")


def downgrade():
    op.add_column("messages", sa.Column("former_sid", sa.String(length=64), nullable=True))
    op.execute("UPDATE messages SET former_sid = substr(former_sids, 1, 64) WHERE former_sids IS NOT NULL")
    op.drop_column("messages", "former_sids")
