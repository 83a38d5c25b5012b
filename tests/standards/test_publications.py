"""Items that must be published."""

from ektp_analytics.standards.publications import (
    accountability_documents,
    publication_items,
    service_standard_components,
)


def test_fourteen_components_six_of_them_service_delivery() -> None:
    """UU 25/2009 Pasal 21: fourteen components; six delivery, eight manufacturing."""
    components = service_standard_components()
    assert len(components) == 14
    delivery = {item.key for item in components if item.group == "service_delivery"}
    assert delivery == {
        "persyaratan",
        "prosedur",
        "waktu",
        "biaya",
        "produk",
        "pengaduan",
    }
    assert sum(item.group == "manufacturing" for item in components) == 8


def test_the_documents_the_case_study_looked_for() -> None:
    """Asmawati (2023) found no budget, plan, LAKIP, staff performance, profile, complaints."""
    keys = {item.key for item in accountability_documents()}
    assert keys >= {
        "anggaran",
        "rencana_program",
        "laporan_kinerja",
        "kinerja_pegawai",
        "profil_struktur",
        "kanal_pengaduan",
    }


def test_a_cycle_comes_with_its_due_time() -> None:
    """An item either simply stands or has both a cycle and a time by which it is due."""
    for item in publication_items("2025-01-01"):
        assert (item.cycle_months is None) == (item.due_months is None), item.key
        assert item.basis
    assert len({item.key + item.group for item in publication_items()}) == 23
