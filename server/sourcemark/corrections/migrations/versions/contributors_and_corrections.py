"""The first tables: who gave something, and what."""

from alembic import op
import sqlalchemy as sa

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "contributor",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("token", sa.String(64)),
        sa.UniqueConstraint("token", name="uq_contributor_token"),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.String(22), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("before", sa.String),
        sa.Column("sentence", sa.String, nullable=False),
        sa.Column("after", sa.String),
        sa.Column("given", sa.String(32)),
        sa.Column("given_state", sa.String(32), nullable=False),
        sa.Column("proposed", sa.String(32)),
        sa.Column("model", sa.String(12), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("contributor_number", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["contributor_number"], ["contributor.number"], name="fk_correction_contributor_number"
        ),
        sa.UniqueConstraint("contributor_number", "digest", name="uq_correction_contributor_number"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_correction_digest", "correction", ["digest"])
    op.create_index("ix_correction_day", "correction", ["day"])
