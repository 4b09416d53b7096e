using System.Reflection;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Values;

/// <summary>The unit table against the values that UCUM publishes in its <c>ucum-essence.xml</c>, and against SI.</summary>
public sealed class UnitFactsTests
{
    [Theory]
    [InlineData("10*", "10", "1")]
    [InlineData("10^", "10", "1")]
    [InlineData("%", "1", "10*-2")]
    [InlineData("[ppth]", "1", "10*-3")]
    [InlineData("[ppm]", "1", "10*-6")]
    [InlineData("J", "1", "(kg.m/s2).m")] // N.m, and N is kg.m/s2
    [InlineData("W", "1", "J/s")]
    [InlineData("l", "1", "dm3")]
    [InlineData("L", "1", "l")]
    [InlineData("ar", "100", "m2")]
    [InlineData("min", "60", "s")]
    [InlineData("h", "60", "min")]
    [InlineData("d", "24", "h")]
    [InlineData("wk", "7", "d")]
    [InlineData("t", "1000", "kg")]
    [InlineData("[ppb]", "1", "10*-9")]
    [InlineData("[pptr]", "1", "10*-12")]
    [InlineData("Hz", "1", "s-1")]
    [InlineData("N", "1", "kg.m/s2")]
    [InlineData("Pa", "1", "N/m2")]
    [InlineData("Bq", "1", "s-1")]
    [InlineData("gon", "0.9", "deg")]
    [InlineData("bar", "100000", "Pa")]
    [InlineData("[g]", "9.80665", "m/s2")]
    [InlineData("gf", "1", "g.[g]")]
    [InlineData("[lbf_av]", "1", "[lb_av].[g]")]
    [InlineData("atm", "101325", "Pa")]
    [InlineData("att", "1", "kgf/cm2")]
    [InlineData("[psi]", "1", "[lbf_av]/[in_i]2")]
    [InlineData("Ci", "37000000000", "Bq")]
    [InlineData("[in_i]", "2.54", "cm")]
    [InlineData("[ft_i]", "12", "[in_i]")]
    [InlineData("[yd_i]", "3", "[ft_i]")]
    [InlineData("[mi_i]", "5280", "[ft_i]")]
    [InlineData("[fth_i]", "6", "[ft_i]")]
    [InlineData("[nmi_i]", "1852", "m")]
    [InlineData("[kn_i]", "1", "[nmi_i]/h")]
    [InlineData("[sin_i]", "1", "[in_i]2")]
    [InlineData("[sft_i]", "1", "[ft_i]2")]
    [InlineData("[syd_i]", "1", "[yd_i]2")]
    [InlineData("[cin_i]", "1", "[in_i]3")]
    [InlineData("[cft_i]", "1", "[ft_i]3")]
    [InlineData("[cyd_i]", "1", "[yd_i]3")]
    [InlineData("[bf_i]", "144", "[in_i]3")]
    [InlineData("[cr_i]", "128", "[ft_i]3")]
    [InlineData("[mil_i]", "0.001", "[in_i]")]
    [InlineData("[hd_i]", "4", "[in_i]")]
    [InlineData("[ft_us]", "1200", "m/3937")]
    [InlineData("[yd_us]", "3", "[ft_us]")]
    [InlineData("[in_us]", "1", "[ft_us]/12")]
    [InlineData("[rd_us]", "16.5", "[ft_us]")]
    [InlineData("[ch_us]", "4", "[rd_us]")]
    [InlineData("[lk_us]", "1", "[ch_us]/100")]
    [InlineData("[rch_us]", "100", "[ft_us]")]
    [InlineData("[rlk_us]", "1", "[rch_us]/100")]
    [InlineData("[fth_us]", "6", "[ft_us]")]
    [InlineData("[fur_us]", "40", "[rd_us]")]
    [InlineData("[mi_us]", "8", "[fur_us]")]
    [InlineData("[acr_us]", "160", "[rd_us]2")]
    [InlineData("[srd_us]", "1", "[rd_us]2")]
    [InlineData("[smi_us]", "1", "[mi_us]2")]
    [InlineData("[sct]", "1", "[mi_us]2")]
    [InlineData("[twp]", "36", "[sct]")]
    [InlineData("[mil_us]", "0.001", "[in_us]")]
    [InlineData("[in_br]", "2.539998", "cm")]
    [InlineData("[ft_br]", "12", "[in_br]")]
    [InlineData("[rd_br]", "16.5", "[ft_br]")]
    [InlineData("[ch_br]", "4", "[rd_br]")]
    [InlineData("[lk_br]", "1", "[ch_br]/100")]
    [InlineData("[fth_br]", "6", "[ft_br]")]
    [InlineData("[pc_br]", "2.5", "[ft_br]")]
    [InlineData("[yd_br]", "3", "[ft_br]")]
    [InlineData("[mi_br]", "5280", "[ft_br]")]
    [InlineData("[nmi_br]", "6080", "[ft_br]")]
    [InlineData("[kn_br]", "1", "[nmi_br]/h")]
    [InlineData("[acr_br]", "4840", "[yd_br]2")]
    [InlineData("[gal_us]", "231", "[in_i]3")]
    [InlineData("[bbl_us]", "42", "[gal_us]")]
    [InlineData("[qt_us]", "1", "[gal_us]/4")]
    [InlineData("[pt_us]", "1", "[qt_us]/2")]
    [InlineData("[gil_us]", "1", "[pt_us]/4")]
    [InlineData("[foz_us]", "1", "[gil_us]/4")]
    [InlineData("[fdr_us]", "1", "[foz_us]/8")]
    [InlineData("[min_us]", "1", "[fdr_us]/60")]
    [InlineData("[crd_us]", "128", "[ft_i]3")]
    [InlineData("[bu_us]", "2150.42", "[in_i]3")]
    [InlineData("[gal_wi]", "1", "[bu_us]/8")]
    [InlineData("[pk_us]", "1", "[bu_us]/4")]
    [InlineData("[dqt_us]", "1", "[pk_us]/8")]
    [InlineData("[dpt_us]", "1", "[dqt_us]/2")]
    [InlineData("[tbs_us]", "1", "[foz_us]/2")]
    [InlineData("[tsp_us]", "1", "[tbs_us]/3")]
    [InlineData("[cup_us]", "16", "[tbs_us]")]
    [InlineData("[foz_m]", "30", "mL")]
    [InlineData("[cup_m]", "240", "mL")]
    [InlineData("[tsp_m]", "5", "mL")]
    [InlineData("[tbs_m]", "15", "mL")]
    [InlineData("[gal_br]", "4.54609", "l")]
    [InlineData("[pk_br]", "2", "[gal_br]")]
    [InlineData("[bu_br]", "4", "[pk_br]")]
    [InlineData("[qt_br]", "1", "[gal_br]/4")]
    [InlineData("[pt_br]", "1", "[qt_br]/2")]
    [InlineData("[gil_br]", "1", "[pt_br]/4")]
    [InlineData("[foz_br]", "1", "[gil_br]/5")]
    [InlineData("[fdr_br]", "1", "[foz_br]/8")]
    [InlineData("[min_br]", "1", "[fdr_br]/60")]
    [InlineData("[gr]", "64.79891", "mg")]
    [InlineData("[lb_av]", "7000", "[gr]")]
    [InlineData("[oz_av]", "1", "[lb_av]/16")]
    [InlineData("[dr_av]", "1", "[oz_av]/16")]
    [InlineData("[scwt_av]", "100", "[lb_av]")]
    [InlineData("[lcwt_av]", "112", "[lb_av]")]
    [InlineData("[ston_av]", "20", "[scwt_av]")]
    [InlineData("[lton_av]", "20", "[lcwt_av]")]
    [InlineData("[stone_av]", "14", "[lb_av]")]
    [InlineData("[pwt_tr]", "24", "[gr]")]
    [InlineData("[oz_tr]", "20", "[pwt_tr]")]
    [InlineData("[lb_tr]", "12", "[oz_tr]")]
    [InlineData("cal_m", "4.19002", "J")]
    [InlineData("cal_IT", "4.1868", "J")]
    [InlineData("cal_th", "4.184", "J")]
    [InlineData("cal", "1", "cal_th")]
    [InlineData("[Cal]", "1", "kcal_th")]
    [InlineData("[Btu_39]", "1.05967", "kJ")]
    [InlineData("[Btu_59]", "1.0548", "kJ")]
    [InlineData("[Btu_60]", "1.05468", "kJ")]
    [InlineData("[Btu_m]", "1.05587", "kJ")]
    [InlineData("[Btu_IT]", "1.05505585262", "kJ")]
    [InlineData("[Btu_th]", "1.05435", "kJ")]
    [InlineData("[Btu]", "1", "[Btu_th]")]
    [InlineData("[HP]", "550", "[ft_i].[lbf_av]/s")]
    [InlineData("tex", "1", "g/km")]
    [InlineData("[den]", "1", "g/9/km")]
    [InlineData("st", "1", "m3")]
    [InlineData("[car_m]", "0.2", "g")]
    public void An_atom_has_the_size_that_is_published(string atom, string value, string unit) => AssertEqual(atom, value, unit);

    [Fact]
    public void Every_atom_that_is_not_a_base_unit_or_the_calendar_is_among_the_facts()
    {
        string[] facts =
        [
            .. typeof(UnitFactsTests).GetMethod(nameof(An_atom_has_the_size_that_is_published))!
                .GetCustomAttributes<InlineDataAttribute>().Select(fact => (string)fact.Data[0]!),
        ];
        Assert.Equal(UnitAtoms.Symbols.Except(["g", "m", "s", "K", "deg", "mo", "a"]).Order(StringComparer.Ordinal), facts.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Y", 24)]
    [InlineData("Z", 21)]
    [InlineData("E", 18)]
    [InlineData("P", 15)]
    [InlineData("T", 12)]
    [InlineData("G", 9)]
    [InlineData("M", 6)]
    [InlineData("k", 3)]
    [InlineData("h", 2)]
    [InlineData("da", 1)]
    [InlineData("d", -1)]
    [InlineData("c", -2)]
    [InlineData("m", -3)]
    [InlineData("u", -6)]
    [InlineData("n", -9)]
    [InlineData("p", -12)]
    [InlineData("f", -15)]
    [InlineData("a", -18)]
    [InlineData("z", -21)]
    [InlineData("y", -24)]
    public void A_prefix_is_the_power_of_ten_that_is_published(string prefix, int power)
    {
        AssertEqual($"{prefix}g", "1", $"10*{power}.g");
        AssertEqual($"{prefix}J", "1", $"10*{power}.J");
    }

    [Theory]
    [InlineData("har", "10000", "m2")]
    [InlineData("km2", "100", "har")]
    [InlineData("kW.h", "3.6", "MJ")]
    [InlineData("GW.h", "3600", "GJ")]
    [InlineData("m3", "1000", "L")]
    [InlineData("cm3", "1", "mL")]
    [InlineData("kt", "1000000", "kg")]
    [InlineData("Mg", "1", "t")]
    [InlineData("t/m3", "1", "g/cm3")]
    [InlineData("kg/m3", "1", "g/L")]
    [InlineData("mg/L", "1", "g/m3")]
    [InlineData("m3/h", "24", "m3/d")]
    [InlineData("[lb_av]", "0.45359237", "kg")]
    [InlineData("[oz_av]", "28.349523125", "g")]
    [InlineData("[ston_av]", "907.18474", "kg")]
    [InlineData("[lton_av]", "1016.0469088", "kg")]
    [InlineData("[stone_av]", "6.35029318", "kg")]
    [InlineData("[oz_tr]", "31.1034768", "g")]
    [InlineData("[gal_us]", "3.785411784", "L")]
    [InlineData("[bbl_us]", "158.987294928", "L")]
    [InlineData("[gal_br]", "4.54609", "L")]
    [InlineData("[mi_i]", "1609.344", "m")]
    [InlineData("[cft_i]", "0.028316846592", "m3")]
    [InlineData("[cyd_i]", "0.764554857984", "m3")]
    [InlineData("[acr_us]", "43560", "[ft_us]2")]
    [InlineData("[sct]", "640", "[acr_us]")]
    [InlineData("3937.[ft_us]", "1200", "m")]
    [InlineData("kcal", "4184", "J")]
    [InlineData("kcal_IT", "4186.8", "J")]
    [InlineData("1000.[lbf_av]", "4448.2216152605", "N")]
    [InlineData("bar", "100", "kPa")]
    [InlineData("MPa", "10", "bar")]
    [InlineData("Ci", "37", "GBq")]
    [InlineData("g/cm3", "1000", "kg/m3")]
    public void A_compound_has_the_size_that_is_known(string unit, string value, string other) => AssertEqual(unit, value, other);

    /// <summary>Of every pair of atoms, prefixes included, that measure the same.</summary>
    [Fact]
    public void Atoms_of_one_dimension_convert_there_and_back_without_a_rest()
    {
        var units = UnitAtoms.Symbols.SelectMany(symbol => new[] { symbol, "k" + symbol, "m" + symbol })
            .Select(symbol => Unit.TryParse(symbol, out var unit) ? unit : null).OfType<Unit>().ToList();
        var pairs = 0;
        foreach (var from in units)
        {
            foreach (var to in units.Where(from.IsCommensurable))
            {
                Assert.True(from.TryConvert(new Rational(22, 7), to, out var there) && to.TryConvert(there, from, out var back) && back == new Rational(22, 7), $"{from} {to}");
                pairs++;
            }
        }
        Assert.InRange(pairs, 2_000, int.MaxValue);
    }

    [Theory]
    [InlineData("Cel")] // a scale, not a multiple
    [InlineData("[degF]")]
    [InlineData("[pH]")]
    [InlineData("rad")] // needs pi
    [InlineData("mol")] // a measured constant, which UCUM has changed
    [InlineData("u")]
    [InlineData("eV")]
    [InlineData("a_j")] // a year is no number of days
    [InlineData("mo_g")]
    [InlineData("T")] // a tesla, mostly meant as a tonne
    public void What_does_not_convert_exactly_or_is_mostly_a_slip_is_unknown(string symbol) => Assert.False(Unit.TryParse(symbol, out _));

    private static void AssertEqual(string unit, string value, string other)
    {
        Assert.True(ExactDecimal.TryParse(value, out var expected));
        Assert.True(Of(unit).TryConvert(Rational.One, Of(other), out var result));
        Assert.Equal(expected.ToRational(), result);
    }

    private static Unit Of(string text) => Unit.TryParse(text, out var unit) ? unit : throw new ArgumentException(text);
}
