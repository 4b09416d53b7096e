namespace WasteFree.Exchange.Catalog;

/// <summary>A set of reporting units that goes by one name. The numbers are those of the contract.</summary>
public enum RegionScheme
{
    /// <summary>All of them (共建报送单元).</summary>
    ReportingUnits = 1,

    /// <summary>Chengdu-Chongqing economic circle (成渝地区双城经济圈).</summary>
    Circle = 2,

    /// <summary>Co-building scope of 2022 (共建范围).</summary>
    CoBuilding2022 = 3,

    /// <summary>On the national list of waste-free cities of the 14th five-year plan.</summary>
    National14Fyp = 4,
}
